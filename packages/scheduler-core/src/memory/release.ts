import type { EpochMs } from '../clock.ts'
import type {
  LockReleasedInput,
  ReleasedRuns,
  ReleaseInput,
  ReleaseResult,
  TakenUpRun,
  TakeUpInput,
} from '../ports/releases.ts'
import type { Run } from '../run/ledger-entry.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { isRunning } from './state/row.ts'

/** Leaves runs open without an owner. */
export function release(
  database: MemoryDatabase,
  { scheduler, now, releases }: ReleaseInput,
): readonly ReleaseResult[] {
  const { ledger } = database.scheduler(scheduler)
  return releases.map(({ runId, fence, ...left }) => {
    const row = ledger.find(runId)
    if (!isRunning(row) || row.open.fence !== fence) return 'fenced'
    if (row.open.releasedAt === null) {
      database.undoLog.apply(new ReplaceRun(row, { ...row.open, ...left, releasedAt: now, leaseUntil: now }))
    }
    return 'released'
  })
}

/** The released runs whose wait is over or that shall be cancelled, the one released first first. */
export function lockReleased(database: MemoryDatabase, input: LockReleasedInput): ReleasedRuns {
  const { scheduler, now, aheadFrom, limit } = input
  const startable = new Set(input.startable)
  const found: Run[] = []
  let nextAt: EpochMs | null = null
  for (const run of releasedOf(database, scheduler)) {
    const dueAt = (run.releasedAt ?? now) > aheadFrom ? now : (run.nextAttemptAt ?? now)
    const mayStart = startable.has(run.job)
    if ((mayStart && dueAt <= now) || run.cancelRequested) found.push(run)
    else if (mayStart && (nextAt === null || dueAt < nextAt)) nextAt = dueAt
  }
  found.sort((a, b) => (a.releasedAt ?? now) - (b.releasedAt ?? now) || a.startedAt - b.startedAt)
  return { runs: found.slice(0, limit), nextAt: found.length > limit ? now : nextAt }
}

/** Gives released runs their new owners. */
export function takeUp(database: MemoryDatabase, { scheduler, runs }: TakeUpInput): readonly Run[] {
  const { ledger } = database.scheduler(scheduler)
  return runs.flatMap(({ id, fence, ...owned }: TakenUpRun) => {
    const row = ledger.find(id)
    if (!isRunning(row) || row.open.fence !== fence || row.open.releasedAt === null) return []
    const present = { releasedAt: null, nextAttemptAt: null, progress: null, fence: fence + 1 }
    const taken: Run = { ...row.open, ...owned, ...present }
    database.undoLog.apply(new ReplaceRun(row, taken))
    return [taken]
  })
}

function* releasedOf(database: MemoryDatabase, scheduler: string): Iterable<Run> {
  for (const { running } of database.scheduler(scheduler).jobs.values()) {
    for (const { entry } of running) if (entry.releasedAt !== null) yield entry
  }
}
