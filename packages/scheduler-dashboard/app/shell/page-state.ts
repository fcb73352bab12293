import type { LiveHub } from '../live/live-hub.ts'
import { readTopic } from '../live/topic.ts'
import type { StateName } from '../ui/icons.tsx'
import { stateOfHealth, stateOfScheduler } from '../ui/state-of.ts'
import { summaryOf } from './use-live-summary.ts'

const WORST_FIRST: readonly StateName[] = ['failed', 'late', 'paused', 'unknown', 'skipped', 'running', 'ok']

/** The state of everything that the page follows in one word, for the sign in the tab. */
export function pageState(hub: LiveHub): StateName {
  const { kind } = summaryOf(hub)
  if (kind !== 'live' && kind !== 'polling' && kind !== 'paused') return 'unknown'
  const states = hub.topics().flatMap((topic): StateName[] => {
    const { status } = hub.get(topic)
    if (status === null) return []
    const { state, health } = status.scheduler
    const isAdmin = readTopic(topic).view === 'admin' && 'jobs' in status
    return [stateOfScheduler(state), stateOfHealth(health.status), isAdmin && status.jobs.failing > 0 ? 'failed' : 'ok']
  })
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown'
}
