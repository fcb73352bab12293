import type { LiveHub } from '../live/live-hub.ts'
import type { AnyStatus } from '../live/topic.ts'
import type { StateName } from '../ui/icons.tsx'
import { stateOfHealth, stateOfScheduler } from '../ui/state-of.ts'
import type { LiveSummary } from './live-summary.ts'
import { summaryOf } from './use-live-summary.ts'

const WORST_FIRST: readonly StateName[] = [
  'failed',
  'interrupted',
  'late',
  'paused',
  'unknown',
  'skipped',
  'waiting',
  'running',
  'ok',
]

/** When the state is known, at least of those schedulers that are open. */
const TELLING: readonly LiveSummary['kind'][] = ['live', 'polling', 'paused', 'not-open']

/** The state of everything that the page follows in one word, for the sign in the tab. */
export function pageState(hub: LiveHub): StateName {
  const { kind } = summaryOf(hub)
  if (!TELLING.includes(kind)) return 'unknown'
  const states = hub.topics().flatMap((topic): StateName[] => {
    const { status } = hub.get(topic)
    if (status === null) return kind === 'not-open' ? ['unknown'] : []
    const { state, health } = status.scheduler
    return [stateOfScheduler(state), stateOfHealth(health.status), stateOfParts(status)]
  })
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown'
}

/** Of operations the jobs, of market data the feeds: no data is not good. */
function stateOfParts(status: AnyStatus): StateName {
  if ('jobs' in status) return status.jobs.failing > 0 ? 'failed' : 'ok'
  const { expired, stale, unknown } = status.feeds_by_status
  if (status.feeds_error !== null) return 'unknown'
  if ((expired ?? 0) > 0) return 'failed'
  if ((stale ?? 0) > 0) return 'late'
  return (unknown ?? 0) > 0 ? 'unknown' : 'ok'
}
