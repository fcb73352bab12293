import type { LedgerEntry, Run } from '@pm/scheduler-core'
import {
  addTallies,
  isOpenState,
  RUN_COUNTERS,
  RUN_FACTS,
  RUN_MEASURES,
  type RunTally,
  type Settlement,
  tallySettlements,
  tallyUnrun,
} from '@pm/scheduler-core/store'

import type { CheckedJob, HistoryCheck, Violation } from './history-check.ts'

interface CountedLedger extends Pick<HistoryCheck, 'ledger'> {
  readonly jobs: readonly Pick<CheckedJob, 'job' | 'lifetime'>[]
}

/** What the store counted over each job's lifetime is what its entries come to, counter by counter. */
export function checkTotals({ jobs, ledger }: CountedLedger): readonly Violation[] {
  return jobs.flatMap(({ job, lifetime }) => {
    const counted = addTallies(RUN_FACTS, ledger.filter((entry) => entry.job === job).flatMap(tallyOf))
    const facts = (tally: RunTally) => [
      ...RUN_COUNTERS.map((counter) => [counter, String(tally[counter])] as const),
      ...RUN_MEASURES.map(
        (measure) => [`distribution of ${measure}`, JSON.stringify(tally.distributions[measure])] as const,
      ),
    ]
    const expected = new Map(facts(counted))
    return facts(lifetime).flatMap(([fact, value]) => {
      if (value === expected.get(fact)) return []
      const what = `${job}: ${fact} is ${value}, the entries come to ${expected.get(fact)}`
      return [{ kind: 'totals-differ' as const, what }]
    })
  })
}

function tallyOf(entry: LedgerEntry): RunTally[] {
  if (entry.kind === 'unrun') return [tallyUnrun(entry)]
  const settlement = settlementOf(entry)
  return settlement ? [tallySettlements([{ run: entry, settlement }])] : []
}

function settlementOf({ id, state, settledAt, ...run }: Run): Settlement | null {
  return isOpenState(state) || settledAt === null ? null : { ...run, runId: id, state, settledAt }
}
