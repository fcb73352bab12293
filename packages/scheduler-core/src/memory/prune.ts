import type { EpochMs } from '../clock.ts'
import type { PruneInput } from '../ports/store.ts'
import { DropBuckets } from './changes/drop-buckets.ts'
import { RemoveRow } from './changes/remove-row.ts'
import { SetKey } from './changes/set-key.ts'
import type { Ledger, Row } from './state/ledger.ts'
import { jobIn, type Library } from './state/library.ts'

export function prune(library: Library, input: PruneInput): number {
  const { scheduler, before, keepBucketsAfter, keepReceiptsAfter, limit } = input
  const book = library.book(scheduler)
  const { ledger } = book
  const rows = settledBefore(ledger, before, limit)
  for (const row of rows) library.timeline.apply(new RemoveRow({ ledger, job: jobIn(book, row.entry.job), row }))
  library.timeline.apply(new DropBuckets([...book.jobs.values(), ...book.providers.values()], keepBucketsAfter))
  for (const [instance, { lastSeenAt }] of book.instances) {
    if (lastSeenAt < before) library.timeline.apply(new SetKey(book.instances, instance, undefined))
  }
  for (const [id, { at }] of book.receipts) {
    if (at < keepReceiptsAfter) library.timeline.apply(new SetKey(book.receipts, id, undefined))
  }
  return rows.length
}

function settledBefore(ledger: Ledger, instant: EpochMs, limit: number): readonly Row[] {
  const found: Row[] = []
  for (const row of ledger.settledIn({ after: Number.NEGATIVE_INFINITY, upTo: instant })) {
    if (found.length === limit) break
    if (row.entry.settledAt !== instant) found.push(row)
  }
  return found
}
