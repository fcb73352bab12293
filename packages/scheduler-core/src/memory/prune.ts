import type { EpochMs } from '../clock.ts'
import type { PruneInput } from '../ports/store.ts'
import { DropBuckets } from './changes/drop-buckets.ts'
import { RemoveRow } from './changes/remove-row.ts'
import { SetKey } from './changes/set-key.ts'
import type { Ledger, Row } from './state/ledger.ts'
import type { MemoryDatabase } from './state/memory-database.ts'

export function prune(database: MemoryDatabase, input: PruneInput): number {
  const { scheduler, before, keepBucketsAfter, keepReceiptsAfter, limit } = input
  const data = database.scheduler(scheduler)
  const { ledger } = data
  const rows = settledBefore(ledger, before, limit)
  for (const row of rows) database.undoLog.apply(new RemoveRow(ledger, row))
  database.undoLog.apply(new DropBuckets([...data.jobs.values(), ...data.providers.values()], keepBucketsAfter))
  for (const [instance, { lastSeenAt }] of data.instances) {
    if (lastSeenAt < before) database.undoLog.apply(new SetKey(data.instances, instance, undefined))
  }
  for (const [id, { at }] of data.receipts) {
    if (at < keepReceiptsAfter) database.undoLog.apply(new SetKey(data.receipts, id, undefined))
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
