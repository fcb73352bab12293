import type { EpochMs } from '../clock.ts'
import type { LogEntry } from '../control/control.ts'
import type { PruneInput } from '../ports/store.ts'
import { DropBuckets } from './changes/drop-buckets.ts'
import { DropLog } from './changes/drop-log.ts'
import { EraseInput } from './changes/erase-input.ts'
import { RemoveRow } from './changes/remove-row.ts'
import { SetKey } from './changes/set-key.ts'
import type { Ledger } from './state/ledger.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import type { Row } from './state/row.ts'

export function prune(database: MemoryDatabase, input: PruneInput): number {
  const {
    scheduler,
    before,
    keepInputsAfter = before,
    keepBucketsAfter,
    keepReceiptsAfter,
    keepLogAfter,
    limit,
  } = input
  const data = database.scheduler(scheduler)
  const { ledger } = data
  const rows = settledBefore(ledger, before, limit)
  for (const row of rows) database.undoLog.apply(new RemoveRow(ledger, row))
  const old = settledWithInput(ledger, keepInputsAfter, limit)
  for (const row of old) database.undoLog.apply(new EraseInput(ledger, row))
  const counted = [...data.jobs.values(), ...data.providers.values(), { tallies: data.totals }]
  database.undoLog.apply(new DropBuckets(counted, keepBucketsAfter))
  for (const [instance, { lastSeenAt }] of data.instances) {
    if (lastSeenAt >= before) continue
    database.undoLog.apply(new SetKey(data.instances, instance, undefined))
    database.undoLog.apply(new SetKey(data.holdings, instance, undefined))
    database.undoLog.apply(new SetKey(data.loads, instance, undefined))
  }
  for (const [job, spans] of data.definitions) {
    const last = spans.at(-1)
    const kept = spans.filter((each) => each === last || each.span.until === null || each.span.until >= before)
    if (kept.length < spans.length) database.undoLog.apply(new SetKey(data.definitions, job, kept))
  }
  for (const [id, { at }] of data.receipts) {
    if (at < keepReceiptsAfter) database.undoLog.apply(new SetKey(data.receipts, id, undefined))
  }
  const commands = keepLogAfter === undefined ? 0 : commandsBefore(data.log, keepLogAfter, limit)
  if (commands > 0) database.undoLog.apply(new DropLog(data.log, commands))
  return rows.length + old.length + commands
}

/** How many of the oldest commands were given before an instant. */
function commandsBefore(log: readonly LogEntry[], instant: EpochMs, limit: number): number {
  const kept = log.findIndex(({ at }) => at >= instant)
  return Math.min(kept === -1 ? log.length : kept, limit)
}

function settledBefore(ledger: Ledger, instant: EpochMs, limit: number): readonly Row[] {
  const found: Row[] = []
  for (const row of ledger.settledIn({ after: Number.NEGATIVE_INFINITY, upTo: instant })) {
    if (found.length === limit) break
    if (row.settledAt !== instant) found.push(row)
  }
  return found
}

function settledWithInput(ledger: Ledger, instant: EpochMs, limit: number): readonly Row[] {
  const found: Row[] = []
  for (const row of ledger.settledWithInput()) {
    if (found.length === limit) break
    const { settledAt } = row
    if (settledAt !== null && settledAt < instant) found.push(row)
  }
  return found
}
