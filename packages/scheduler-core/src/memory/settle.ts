import type { SettleInput, SettleResult } from '../ports/store.ts'
import type { Settlement } from '../run/ledger-entry.ts'
import { AddCalls } from './changes/add-calls.ts'
import { SetKey } from './changes/set-key.ts'
import { SettleRun } from './changes/settle-run.ts'
import { isSettledAs } from './is-settled-as.ts'
import { ProviderBook, type SchedulerBook } from './state/books.ts'
import { isRunning, type Row } from './state/ledger.ts'
import { jobIn, type Library } from './state/library.ts'
import type { Timeline } from './state/timeline.ts'

export function settle(library: Library, { scheduler, settlements }: SettleInput): readonly SettleResult[] {
  const book = library.book(scheduler)
  return settlements.map((settlement) => settleOne(book, library.timeline, settlement))
}

function settleOne(book: SchedulerBook, timeline: Timeline, settlement: Settlement): SettleResult {
  const { ledger } = book
  const row = ledger.find(settlement.runId)
  if (!isRunning(row)) return wasSettledAs(row, settlement) ? 'already_settled' : 'fenced'
  if (row.entry.fence !== settlement.fence) return 'fenced'
  timeline.apply(new SettleRun({ ledger, job: jobIn(book, row.entry.job), row }, settlement))
  for (const { provider, tally } of settlement.calls) {
    timeline.apply(new AddCalls(providerIn(book, timeline, provider), tally, settlement.settledAt))
  }
  return 'settled'
}

function wasSettledAs(row: Row | undefined, settlement: Settlement): boolean {
  return row?.entry.kind === 'run' && isSettledAs(row.entry, settlement)
}

function providerIn({ providers }: SchedulerBook, timeline: Timeline, name: string): ProviderBook {
  const known = providers.get(name)
  if (known !== undefined) return known
  const provider = new ProviderBook()
  timeline.apply(new SetKey(providers, name, provider))
  return provider
}
