import type { SchedulerReading } from './snapshot.ts'

/**
 * `pass`: the scheduler is in the desired state. `warn`: it is, but an operator should look at it. `fail`: it is not.
 */
export const HEALTH_STATUSES = ['pass', 'warn', 'fail'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** The health of a scheduler. One that an operator paused or stopped is healthy. */
export function healthOf({
  state,
  desired,
  reasons,
}: Pick<SchedulerReading, 'state' | 'desired' | 'reasons'>): HealthStatus {
  if (state === 'error' || (state === 'stopped' && desired !== 'stopped')) return 'fail'
  return reasons.length > 0 ? 'warn' : 'pass'
}
