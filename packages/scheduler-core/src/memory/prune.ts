import type { EpochMs } from '../clock.ts'
import type { PruneInput } from '../ports/store.ts'
import type { SchedulerBook } from './books.ts'
import type { Row } from './ledger.ts'
import type { Library } from './library.ts'
import type { Change } from './timeline.ts'

export function prune(library: Library, { scheduler, before, keepBucketsAfter, limit }: PruneInput): number {
  const book = library.book(scheduler)
  const rows: Row[] = []
  for (const row of book.ledger.settledBefore(before)) {
    if (rows.length === limit) break
    rows.push(row)
  }
  for (const row of rows) library.timeline.apply(removing(book, row))
  const change = droppingBuckets(book, keepBucketsAfter)
  if (change) library.timeline.apply(change)
  return rows.length
}

function removing({ ledger, jobs }: SchedulerBook, row: Row): Change {
  const { entry } = row
  const job = jobs.get(entry.job)
  const dueTime = entry.kind === 'run' && entry.trigger === 'schedule' ? entry.scheduledFor : null
  return {
    redo() {
      ledger.remove(row)
      if (dueTime !== null) job?.claimedDueTimes.delete(dueTime)
    },
    undo() {
      if (dueTime !== null) job?.claimedDueTimes.add(dueTime)
      ledger.restore(row)
    },
  }
}

function droppingBuckets(book: SchedulerBook, keepAfter: EpochMs): Change | null {
  const kept = [...book.jobs.values(), ...book.providers.values()]
  const stale = kept.flatMap(({ tallies }) => tallies.bucketsBefore(keepAfter))
  if (stale.length === 0) return null
  return {
    redo() {
      for (const bucket of stale) bucket.drop()
    },
    undo() {
      for (const bucket of stale) bucket.restore()
    },
  }
}
