import type { ForgetJobInput } from '../ports/store.ts'
import { RUN_FACTS } from '../run/counters.ts'
import { FORGOTTEN_JOBS } from '../run/forgotten-jobs.ts'
import { RemoveRow } from './changes/remove-row.ts'
import { SetKey } from './changes/set-key.ts'
import { JobData } from './state/job-data.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import { toAddition } from './state/sums.ts'

/** Before every window: what is counted there is in the lifetime only. */
const LONG_AGO = 1

export function forgetJob(
  { schedulers, undoLog }: MemoryDatabase,
  { scheduler, job: name, now }: ForgetJobInput,
): void {
  const data = schedulers.get(scheduler)
  const job = data?.jobs.get(name)
  if (!data || !job) return
  for (const { entry } of [...data.ledger.latestFirst(Infinity, { job: name })]) {
    const row = data.ledger.find(entry.id)
    if (row) undoLog.apply(new RemoveRow(data.ledger, row))
  }
  const rest = data.jobs.get(FORGOTTEN_JOBS) ?? new JobData(FORGOTTEN_JOBS, now, data.totals)
  if (!data.jobs.has(FORGOTTEN_JOBS)) undoLog.apply(new SetKey(data.jobs, FORGOTTEN_JOBS, rest))
  const addition = toAddition(RUN_FACTS, job.tallies.view().lifetime())
  let takeBack = () => {}
  undoLog.apply({
    redo() {
      takeBack = rest.count(LONG_AGO, addition)
    },
    undo: () => takeBack(),
  })
  undoLog.apply(new SetKey(data.jobs, name, undefined))
  // What it counted within the windows goes, and is still among the totals.
  undoLog.apply({ redo: () => data.totals.forget(), undo: () => data.totals.forget() })
  undoLog.apply(new SetKey(data.definitions, name, undefined))
  undoLog.apply(new SetKey(data.renamed, name, undefined))
}
