import { useLocation } from 'wouter-preact'

import { useApp } from '../../../app-context.ts'
import { useHold } from '../../../data/use-hold.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatInstant } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo, useTo } from '../../../ui/go-to.tsx'
import { ErrorState, Forbidden, LoggedOut } from '../../../ui/messages.tsx'
import { Strip } from '../../../ui/strip.tsx'
import { toStripCells } from './to-strip-cells.ts'

const LATEST = 60

/** The latest runs of all jobs of a scheduler, each a way to its page. They stay while the reader is at work in them. */
export function RunStrip({ schedulerKey, name }: { readonly schedulerKey: string; readonly name: string }) {
  const { clock } = useApp()
  const zone = useZone()
  const [, navigate] = useLocation()
  const to = useTo()
  const { ref, isHeld } = useHold()
  const { data, failure, state, reload } = useResource('strip', ({ admin }) => admin.runs({ limit: LATEST }), {
    scheduler: schedulerKey,
    refreshOn: { view: 'admin' },
    isHeld,
  })
  const nowMs = clock.now()
  const say = (atMs: number) => formatInstant(atMs, { nowMs, zone })
  const words = strings.admin.card
  return (
    <div class="admin-strip">
      <div class="spread">
        <span class="metric-label">{words.strip}</span>
        <GoTo to={routes.runs()} scheduler={schedulerKey}>
          {words.allRuns}
        </GoTo>
      </div>
      <div ref={ref} class="admin-strip-place">
        {state === 'forbidden' && <Forbidden />}
        {state === 'logged-out' && <LoggedOut />}
        {state === 'error' && failure && <ErrorState failure={failure} onRetry={reload} />}
        {state === 'loading' && <span class="skeleton" role="status" aria-label={strings.kit.loading} />}
        {data !== null && (
          <Strip
            subject={words.stripOf(name)}
            cells={toStripCells(data.items, { say, nowMs })}
            onOpen={(id) => navigate(to(routes.run(id), schedulerKey))}
          />
        )}
      </div>
    </div>
  )
}
