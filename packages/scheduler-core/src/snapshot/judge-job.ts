import type { EpochMs } from '../clock.ts'
import type { DesiredState } from '../control/control.ts'
import { percentile } from '../metrics/percentile.ts'
import type { JobCondition } from '../reading/job-conditions.ts'
import type { JobReading } from '../reading/snapshot.ts'

/** A job as it was measured, before it is judged. */
export type Unjudged = Pick<
  JobReading,
  'consecutiveFailures' | 'paused' | 'overdueMs' | 'overdueAllowedMs' | 'queued' | 'workers' | 'policies' | 'tallies'
>

/** What its reading does not tell. */
export interface Around {
  readonly asOf: EpochMs
  /** The latest start of its running runs; `null` when none is running. */
  readonly latestStartAt: EpochMs | null
  /** What operators want of it at this instant. */
  readonly desired: DesiredState
}

/**
 * The problems of a job, worst first. Pure.
 *
 * - `failing`: its last settled run failed.
 * - `overdue`, unless the job or the scheduler is paused: a due time that had to run has been without success for longer
 *   than the policies of the job allow.
 * - `no_worker`, unless the job or the scheduler is paused or stopped: it has queued runs, and no live worker has it.
 * - `running_long`: its latest start is longer ago than twice the p95 of its durations in the recent window, and than a
 *   minute; where nothing was counted in that window, than half of its timeout; without one, never.
 * - `paused`: it is paused by itself, and the pause has not ended.
 */
export function judgeJob(job: Unjudged, { asOf, desired, latestStartAt }: Around): readonly JobCondition[] {
  const { consecutiveFailures, paused } = job
  const isOverdue = desired !== 'paused' && paused === null && job.overdueMs > job.overdueAllowedMs
  const isLong = latestStartAt !== null && asOf - latestStartAt > longestUsual(job)
  const isStranded = lacksWorker(job, desired)
  if (consecutiveFailures === 0 && !isOverdue && !isStranded && !isLong && paused === null) return NONE
  return [
    ...(consecutiveFailures > 0 ? (['failing'] as const) : []),
    ...(isOverdue ? (['overdue'] as const) : []),
    ...(isStranded ? (['no_worker'] as const) : []),
    ...(isLong ? (['running_long'] as const) : []),
    ...(paused !== null ? (['paused'] as const) : []),
  ]
}

type Queued = Pick<JobReading, 'paused' | 'queued' | 'workers' | 'oldestQueuedMs'>

/** Whether it has queued runs that may start, and no live worker. */
export function lacksWorker(job: Omit<Queued, 'oldestQueuedMs'>, desired: DesiredState): boolean {
  return mayStart(job, desired) && job.queued > 0 && job.workers === 0
}

/** How many hand-overs without a worker that takes the run over are more than bad luck. */
const HAND_OVERS = 10

/** Whether a run of it that may start has been queued for longer than ten times until it is handed over again. */
export function isQueueStalled(
  job: Pick<Queued, 'paused' | 'oldestQueuedMs'>,
  { desired, queueTimeoutMs }: Pick<Around, 'desired'> & { readonly queueTimeoutMs: number },
): boolean {
  return mayStart(job, desired) && job.oldestQueuedMs > HAND_OVERS * queueTimeoutMs
}

/** Nothing is taken over while the job or its scheduler is paused or stopped. */
function mayStart({ paused }: Pick<Queued, 'paused'>, desired: DesiredState): boolean {
  return desired === 'running' && paused === null
}

/** Shared by the jobs without problems, which are most. */
const NONE: readonly JobCondition[] = Object.freeze([])

const SHORTEST_MS = 60_000

/** The longest time that a run of the job may take before it takes long. */
function longestUsual({ tallies, policies }: Unjudged): number {
  const usual = percentile(tallies.recent.distributions.duration_ms, 95)
  if (usual !== null) return Math.max(SHORTEST_MS, 2 * usual)
  return policies.timeoutMs === null ? Infinity : policies.timeoutMs / 2
}
