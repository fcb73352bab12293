import { RUN_FACTS } from '../run/counters.ts'
import type { LedgerEntry } from '../run/ledger-entry.ts'
import { tallySettlement, tallyUnrun } from '../run/tally-entry.ts'
import { type Addition, NOTHING_ADDED, toAddition } from './sums.ts'

/** What an entry adds to the tallies of its job: nothing while it is running. */
export function additionOf(entry: LedgerEntry): Addition {
  if (entry.kind === 'unrun') return toAddition(RUN_FACTS, tallyUnrun(entry))
  const { state, settledAt } = entry
  if (state === 'running' || settledAt === null) return NOTHING_ADDED
  return toAddition(RUN_FACTS, tallySettlement(entry, { ...entry, runId: entry.id, state, settledAt }))
}
