import type { EpochMs } from '../clock.ts'
import { percentile } from '../metrics/percentile.ts'
import type { JobCondition } from '../reading/job-conditions.ts'
import type { JobReading, ObservedState } from '../reading/snapshot.ts'
import type { DueAround } from './due-around.ts'

/** A job as it was measured, before it is judged. */
export interface Unjudged extends Omit<JobReading, 'conditions'> {
  /** Since when the ledger accounts for its due times. */
  readonly since: EpochMs
  /** The latest start of its running runs; `null` when none is running. */
  readonly latestStartAt: EpochMs | null
  /** Whether a calendar keeps it from running at this due time. */
  readonly isExcluded: (dueAt: EpochMs) => boolean
}

/** The scheduler around it. */
export interface Around extends Pick<DueAround, 'lastThree'> {
  readonly asOf: EpochMs
  readonly state: ObservedState
  /** When the present desired state was asked for. */
  readonly askedAt: EpochMs
}

/**
 * The problems of a job, worst first. Pure.
 *
 * - `failing`: its last settled run failed.
 * - `overdue`, only while the scheduler runs and the job is not paused: its next run should have started longer ago than
 *   its misfire grace; or it has not succeeded since its third-last due time, although it was known and the scheduler
 *   was asked to run all that while, and no calendar excludes one of the three.
 * - `running_long`: its latest start is longer ago than twice the p95 of its durations in the recent window, and than a
 *   minute; where nothing was counted in that window, than half of its timeout; without one, never.
 * - `paused`: it is paused by itself, and the pause has not ended.
 */
export function judgeJob(job: Unjudged, around: Around): readonly JobCondition[] {
  const { consecutiveFailures, paused, latestStartAt, nextRunAt } = job
  const isActive = around.state === 'running' && paused === null
  const isOverdue = isActive && (isLateToStart(job, nextRunAt, around.asOf) || hasNotSucceeded(job, around))
  const isLong = latestStartAt !== null && around.asOf - latestStartAt > longestUsual(job)
  if (consecutiveFailures === 0 && !isOverdue && !isLong && paused === null) return NONE
  return [
    ...(consecutiveFailures > 0 ? (['failing'] as const) : []),
    ...(isOverdue ? (['overdue'] as const) : []),
    ...(isLong ? (['running_long'] as const) : []),
    ...(paused !== null ? (['paused'] as const) : []),
  ]
}

/** Shared by the jobs without problems, which are most. */
const NONE: readonly JobCondition[] = Object.freeze([])

function isLateToStart({ policies }: Unjudged, nextRunAt: EpochMs | null, asOf: EpochMs): boolean {
  return nextRunAt !== null && asOf - nextRunAt > policies.misfireGraceMs
}

/** How many due times in a row may pass without a success. */
const DUE_TIMES = 3

function hasNotSucceeded(job: Unjudged, { asOf, askedAt, lastThree }: Around): boolean {
  const { schedule, intervalMs, lastSuccessAt, since } = job
  const knownFrom = Math.max(since, askedAt, lastSuccessAt ?? -Infinity)
  // Most jobs have succeeded lately, so their due times need not be computed.
  if (intervalMs !== null && asOf - knownFrom < (DUE_TIMES - 1) * intervalMs) return false
  const dues = lastThree(schedule)
  return dues.length === DUE_TIMES && dues.every((due) => due > knownFrom && !job.isExcluded(due))
}

const SHORTEST_MS = 60_000

/** The longest time that a run of the job may take before it takes long. */
function longestUsual({ tallies, policies }: Unjudged): number {
  const usual = percentile(tallies.recent.distributions.duration_ms, 95)
  if (usual !== null) return Math.max(SHORTEST_MS, 2 * usual)
  return policies.timeoutMs === null ? Infinity : policies.timeoutMs / 2
}
