/**
 * The problems of a job, worst first. `failing`: its last runs failed. `overdue`: a due time that had to run has been
 * without success for longer than the policies of the job allow, and neither the job nor the scheduler is paused.
 * `no_worker`: it has queued runs, no live worker has it, and neither the job nor the scheduler is paused or stopped.
 * `running_long`: it runs for much longer than its runs usually do. `paused`: it is paused by itself, whatever the
 * scheduler is.
 */
export const JOB_CONDITIONS = ['failing', 'overdue', 'no_worker', 'running_long', 'paused'] as const
export type JobCondition = (typeof JOB_CONDITIONS)[number]

/** The states of a job that is defined: a problem, none of them, running runs, or queued ones. */
const DEFINED_STATES = ['ok', ...JOB_CONDITIONS, 'running', 'queued'] as const

/** What a list of jobs can be filtered by. `retired`: no open instance has the job any more; it is in no other state. */
export const JOB_STATES = [...DEFINED_STATES, 'retired'] as const
export type JobState = (typeof JOB_STATES)[number]

/**
 * How many jobs are in each state. A job with several problems counts in each of them; the sum means nothing. `total` is
 * without the retired ones.
 */
export type JobCounts = Readonly<Record<JobState | 'total', number>>

interface Judged {
  readonly conditions: readonly JobCondition[]
  readonly running: number
  readonly queued: number
  readonly isRetired: boolean
}

export function isInState({ conditions, running, queued, isRetired }: Judged, state: JobState): boolean {
  if (isRetired || state === 'retired') return isRetired && state === 'retired'
  if (state === 'ok') return conditions.length === 0
  if (state === 'queued') return queued > 0
  return state === 'running' ? running > 0 : conditions.includes(state)
}

export function countJobs(jobs: Iterable<Judged>): JobCounts {
  const counts = { ...NO_JOBS }
  for (const { conditions, running, queued, isRetired } of jobs) {
    if (isRetired) {
      counts.retired += 1
      continue
    }
    counts.total += 1
    if (running > 0) counts.running += 1
    if (queued > 0) counts.queued += 1
    if (conditions.length === 0) counts.ok += 1
    for (const condition of conditions) counts[condition] += 1
  }
  return counts
}

const NO_JOBS = {
  total: 0,
  ok: 0,
  failing: 0,
  overdue: 0,
  no_worker: 0,
  running_long: 0,
  paused: 0,
  running: 0,
  queued: 0,
  retired: 0,
}
