import type { JobLedger, LockedJobs, LockJobsInput, RunningRun } from '../ports/locked-jobs.ts'
import type { LockExpiredInput } from '../ports/store.ts'
import type { Run } from '../run/ledger-entry.ts'
import type { JobData } from './state/job-data.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import type { RunRow } from './state/run-row.ts'

/** The cursors of jobs and their runs under way. The unit's write lock locks them and the control state. */
export function lockJobs(database: MemoryDatabase, { scheduler, jobs, receipt }: LockJobsInput): LockedJobs {
  const data = database.scheduler(scheduler)
  const found: JobLedger[] = []
  const call = data.nextLock()
  for (const name of jobs) {
    const job = data.jobs.get(name)
    if (job === undefined || job.lockedBy === call) continue
    job.lockedBy = call
    found.push({ job: name, cursor: job.cursor, since: job.since, running: runningOf(job), wall: job.wall })
  }
  const kept = receipt === undefined ? undefined : data.receipts.get(receipt)
  return { control: data.control, jobs: found, receipt: kept ?? null }
}

/** Running runs whose lease has ended, of these jobs or cancelled ones, the earliest end first. */
export function lockExpired(
  database: MemoryDatabase,
  { scheduler, jobs, now, limit }: LockExpiredInput,
): readonly Run[] {
  const expired: Run[] = []
  const data = database.scheduler(scheduler)
  const own = new Set(jobs)
  for (const { name, running } of data.jobs.values()) {
    for (const { entry } of running) {
      const isExpired = entry.leaseUntil < now && entry.releasedAt === null && entry.state === 'running'
      if (isExpired && (own.has(name) || entry.cancelRequested)) expired.push(entry)
    }
  }
  return expired.sort((a, b) => a.leaseUntil - b.leaseUntil || a.startedAt - b.startedAt).slice(0, limit)
}

function runningOf(job: JobData): readonly RunningRun[] {
  if (job.oldest === null) return NONE
  const runs = job.running.map(toRunningRun)
  return runs.length === 1 ? runs : runs.sort((a, b) => a.startedAt - b.startedAt)
}

const NONE: readonly RunningRun[] = Object.freeze([])

function toRunningRun({ open }: RunRow): RunningRun {
  const { id, state, owner, fence, attempt, earlierAttempts, trigger, scheduledFor } = open
  const { startedAt, leaseUntil, releasedAt, latenessMs, input } = open
  return {
    id,
    state,
    owner,
    fence,
    attempt,
    earlierAttempts,
    trigger,
    scheduledFor,
    startedAt,
    leaseUntil,
    releasedAt,
    latenessMs,
    input,
  }
}
