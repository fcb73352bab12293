import type { SettleInput, SettleResult } from '../ports/store.ts'
import { CALL_COUNTERS, RUN_COUNTERS } from '../run/counters.ts'
import type { ProviderCalls, Run, Settlement } from '../run/ledger-entry.ts'
import { tallySettlement } from '../run/tally-entry.ts'
import { type JobBook, ProviderBook, type SchedulerBook } from './books.ts'
import { isSettledAs } from './is-settled-as.ts'
import type { RunRow } from './ledger.ts'
import { jobIn, type Library, runningRow } from './library.ts'
import { marksAfter } from './marks.ts'
import { adding } from './register.ts'
import { toAmounts } from './tallies.ts'
import type { Change, Timeline } from './timeline.ts'

export function settle(library: Library, { scheduler, settlements }: SettleInput): readonly SettleResult[] {
  const book = library.book(scheduler)
  return settlements.map((settlement) => settleOne(book, library.timeline, settlement))
}

function settleOne(book: SchedulerBook, timeline: Timeline, settlement: Settlement): SettleResult {
  const row = runningRow(book, settlement.runId)
  if (row === undefined) {
    const entry = book.ledger.find(settlement.runId)?.entry
    return entry?.kind === 'run' && isSettledAs(entry, settlement) ? 'already_settled' : 'fenced'
  }
  if (row.entry.fence !== settlement.fence) return 'fenced'
  timeline.apply(settling(book, row, settlement))
  for (const calls of settlement.calls) {
    if (!book.providers.has(calls.provider)) timeline.apply(adding(book.providers, calls.provider, new ProviderBook()))
    timeline.apply(calling(book, calls, settlement.settledAt))
  }
  return 'settled'
}

function settling(book: SchedulerBook, row: RunRow, settlement: Settlement): Change {
  const before = row.entry
  const after = toSettled(before, settlement)
  const job: JobBook = jobIn(book, before.job)
  const marksBefore = job.marks
  const marks = marksAfter(marksBefore, settlement)
  const amounts = toAmounts(RUN_COUNTERS, tallySettlement(before, settlement))
  return {
    redo() {
      job.running.delete(before.id)
      job.marks = marks
      job.tallies.add(settlement.settledAt, amounts)
      row.entry = after
      row.amounts = amounts
      book.ledger.index(row)
    },
    undo() {
      book.ledger.unindex(row)
      row.entry = before
      job.tallies.remove(settlement.settledAt, amounts)
      job.marks = marksBefore
      job.running.set(before.id, row)
    },
  }
}

function calling(book: SchedulerBook, { provider: name, tally }: ProviderCalls, at: number): Change {
  const provider = book.providers.get(name) ?? new ProviderBook()
  const before = provider.lastSuccessAt
  const after = tally.succeeded > 0 ? Math.max(before ?? at, at) : before
  const amounts = toAmounts(CALL_COUNTERS, tally)
  return {
    redo() {
      provider.tallies.add(at, amounts)
      provider.lastSuccessAt = after
    },
    undo() {
      provider.lastSuccessAt = before
      provider.tallies.remove(at, amounts)
    },
  }
}

function toSettled(run: Run, { state, settledAt, attempt, durationMs, items, calls, error }: Settlement): Run {
  return { ...run, state, settledAt, attempt, durationMs, items, calls, error }
}
