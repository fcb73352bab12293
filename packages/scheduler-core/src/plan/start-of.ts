import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import { jitterFor } from '../schedule/jitter.ts'
import { nextDueAt, previousDueAt } from '../schedule/next-due.ts'

/** The facts that decide when a due time may start. */
export interface StartRule {
  readonly scheduler: string
  readonly job: Pick<JobPolicies, 'name' | 'schedule' | 'jitterMs'>
}

/**
 * When a due time may start: at the due time or up to `jitterMs` later, the same on every instance. The delay never
 * reaches beyond the next due time, so that due times start in their order.
 */
export function startOf(dueAt: EpochMs, { scheduler, job }: StartRule): EpochMs {
  const { name, schedule, jitterMs } = job
  if (jitterMs === 0) return dueAt
  const next = nextDueAt(schedule, dueAt)
  const maxMs = next === null ? jitterMs : Math.min(jitterMs, next - dueAt - 1)
  return dueAt + jitterFor({ scheduler, job: name, scheduledFor: dueAt, maxMs })
}

/** The due times that may have started by `at` are exactly those up to the answered instant. It grows with `at`. */
export function startedBy(at: EpochMs, rule: StartRule): EpochMs {
  if (rule.job.jitterMs === 0 || !Number.isFinite(at)) return at
  const last = previousDueAt(rule.job.schedule, at + 1)
  return last !== null && startOf(last, rule) > at ? last - 1 : at
}
