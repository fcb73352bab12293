import { useApp } from '../app-context.ts'
import { formatInstant, toMs } from '../format/instants.ts'
import { useNow } from '../format/use-now.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { IconButton } from '../ui/button.tsx'
import type { StateName } from '../ui/icons.tsx'
import { State } from '../ui/state.tsx'
import type { LiveSummary } from './live-summary.ts'
import { useLiveSummary } from './use-live-summary.ts'

const STATES: Readonly<Record<LiveSummary['kind'], StateName>> = {
  live: 'ok',
  polling: 'ok',
  connecting: 'running',
  paused: 'paused',
  unreachable: 'late',
  'not-open': 'unknown',
  'server-stale': 'late',
  forbidden: 'unknown',
  'logged-out': 'unknown',
}

/** Live, paused with what waits, or the time from which the data are; and the button that pauses all tabs. */
export function LiveSign() {
  const { hub } = useApp()
  const summary = useLiveSummary()
  const { isPaused } = hub
  return (
    <div class="live">
      <State state={STATES[summary.kind]}>
        <Words summary={summary} />
      </State>
      <IconButton
        icon={isPaused ? 'play' : 'pause'}
        label={isPaused ? strings.shell.resume : strings.shell.pause}
        isPressed={isPaused}
        onClick={() => hub.setPaused(!isPaused)}
      />
    </div>
  )
}

function Words({ summary: { kind, fresh, asOf } }: { readonly summary: LiveSummary }) {
  const at = useAsOf(asOf)
  const words = strings.shell
  if (kind === 'live') return <>{words.live}</>
  if (kind === 'polling') return <>{words.polling}</>
  if (kind === 'logged-out') return <>{words.loggedOut}</>
  if (kind === 'forbidden') return <>{words.forbidden}</>
  if (kind === 'not-open') return <>{words.notOpen}</>
  if (kind === 'paused') return <>{words.paused(fresh)}</>
  return <>{kind === 'connecting' || at === null ? words.connecting : words.dataFrom(at)}</>
}

/** The instant of the data as the viewer reads it. */
export function useAsOf(asOf: string | null): string | null {
  const nowMs = useNow()
  const zone = useZone()
  const atMs = toMs(asOf)
  return atMs === null ? null : formatInstant(atMs, { nowMs, zone })
}
