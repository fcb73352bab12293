import {
  addTallies,
  type LedgerEntry,
  RUN_COUNTERS,
  type Run,
  type RunTally,
  type Settlement,
  tallySettlement,
  tallyUnrun,
} from '@pm/scheduler-core'

import type { HistoryCheck, Violation } from './history-check.ts'

/** What the store counted over each job's lifetime is what its entries come to, counter by counter. */
export function checkTotals({ jobs, ledger }: Pick<HistoryCheck, 'jobs' | 'ledger'>): readonly Violation[] {
  return jobs.flatMap(({ job, lifetime }) => {
    const counted = addTallies(RUN_COUNTERS, ledger.filter((entry) => entry.job === job).flatMap(tallyOf))
    return RUN_COUNTERS.filter((counter) => counted[counter] !== lifetime[counter]).map((counter) => ({
      kind: 'totals-differ' as const,
      what: `${job}: ${counter} is ${lifetime[counter]}, the entries come to ${counted[counter]}`,
    }))
  })
}

function tallyOf(entry: LedgerEntry): RunTally[] {
  if (entry.kind === 'unrun') return [tallyUnrun(entry)]
  const settlement = settlementOf(entry)
  return settlement ? [tallySettlement(entry, settlement)] : []
}

function settlementOf({ id, state, settledAt, ...run }: Run): Settlement | null {
  return state === 'running' || settledAt === null ? null : { ...run, runId: id, state, settledAt }
}
