import { RUN_COUNTERS } from '../run/counters.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { tallySettlement, tallyUnrun } from '../run/tally-entry.ts'
import { type Amounts, toAmounts } from './counts.ts'

/** What an entry adds to the counters of its job: nothing while it is running. */
export function amountsOf(entry: LedgerEntry): Amounts {
  if (entry.kind === 'unrun') return toAmounts(RUN_COUNTERS, tallyUnrun(entry))
  const { state, settledAt } = entry
  if (state === 'running' || settledAt === null) return []
  return toAmounts(RUN_COUNTERS, tallySettlement(entry, { ...entry, runId: entry.id, state, settledAt }))
}
