import type { RunId } from '../ids.ts'
import type { HandOverInput, TakenOver, TakeOverInput } from '../ports/take-over.ts'
import { begunFromQueue } from '../run/begun-from-queue.ts'
import type { Run } from '../run/ledger-entry.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { isQueued } from './state/row.ts'
import type { RunRow } from './state/run-row.ts'

/** Begins queued runs at a worker. Whoever waits for the unit's write lock finds them running. */
export function takeOver(database: MemoryDatabase, { scheduler, ids, jobs, ...taking }: TakeOverInput): TakenOver {
  const { ledger } = database.scheduler(scheduler)
  const own = new Set(jobs)
  const runs: Run[] = []
  const left: RunId[] = []
  for (const id of new Set(ids)) {
    const row = ledger.findOpen(id)
    if (!isQueued(row)) continue
    if (own.has(row.job)) runs.push(replace(database, row, begunFromQueue(row.open, taking)))
    else left.push(id)
  }
  return { runs, left }
}

/** The queued runs that no worker has had for too long, the one that was queued first first. */
export function handOverAgain(database: MemoryDatabase, input: HandOverInput): readonly Run[] {
  const { scheduler, now, leaseUntil, limit } = input
  const { jobs } = database.scheduler(scheduler)
  const found: RunRow[] = []
  for (const name of new Set(input.jobs)) {
    for (const row of jobs.get(name)?.running ?? []) if (isQueued(row) && row.open.leaseUntil <= now) found.push(row)
  }
  found.sort((a, b) => a.open.startedAt - b.open.startedAt || a.position - b.position)
  return found.slice(0, limit).map((row) => replace(database, row, { ...row.open, leaseUntil }))
}

function replace({ undoLog }: MemoryDatabase, row: RunRow, run: Run): Run {
  undoLog.apply(new ReplaceRun(row, run))
  return run
}
