import type { SchedulerReading } from './snapshot.ts'

/** Whether a scheduler is well: it does what is desired, it does so but somebody should look, or it does not. */
export const HEALTH_STATUSES = ['pass', 'warn', 'fail'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** One that was paused or stopped on purpose is well. */
export function healthOf({
  state,
  desired,
  reasons,
}: Pick<SchedulerReading, 'state' | 'desired' | 'reasons'>): HealthStatus {
  if (state === 'error' || (state === 'stopped' && desired !== 'stopped')) return 'fail'
  return reasons.length > 0 ? 'warn' : 'pass'
}
