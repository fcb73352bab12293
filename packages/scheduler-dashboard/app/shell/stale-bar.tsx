import { useApp } from '../app-context.ts'
import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import { Shape } from '../ui/icons.tsx'
import { useAsOf } from './live-sign.tsx'
import { useLiveSummary } from './use-live-summary.ts'

/** Across the page while what it shows is not live: from when it is, and why. */
export function StaleBar() {
  const { hub, config } = useApp()
  const { kind, asOf } = useLiveSummary()
  const at = useAsOf(asOf)
  const words = strings.shell
  const why = words.why[kind]
  if (why === null) return null
  const state = kind === 'paused' ? 'paused' : 'late'
  return (
    <section class="stale-bar" data-state={state} data-kind={kind} aria-label={words.dataState}>
      <Shape state={state} />
      {at !== null && <strong>{words.dataFrom(at)}</strong>}
      <span>{why}</span>
      {kind === 'logged-out' && config.loginUrl !== null && (
        <a class="button" href={config.loginUrl}>
          {strings.kit.loggedOut.logIn}
        </a>
      )}
      {kind === 'paused' && (
        <Button tone="quiet" icon="play" onClick={() => hub.setPaused(false)}>
          {words.resume}
        </Button>
      )}
    </section>
  )
}
