import type { PruneInput } from '../ports/store.ts'
import { DropBuckets } from './changes/drop-buckets.ts'
import { RemoveRow } from './changes/remove-row.ts'
import { jobIn, type Library } from './library.ts'

export function prune(library: Library, { scheduler, before, keepBucketsAfter, limit }: PruneInput): number {
  const book = library.book(scheduler)
  const { ledger } = book
  const rows = ledger.settledBefore(before, limit)
  for (const row of rows) {
    const { job, settledAt } = row.entry
    if (settledAt !== null) library.timeline.apply(new RemoveRow({ ledger, job: jobIn(book, job), row }, settledAt))
  }
  library.timeline.apply(new DropBuckets([...book.jobs.values(), ...book.providers.values()], keepBucketsAfter))
  return rows.length
}
