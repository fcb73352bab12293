import type { EpochMs } from '../clock.ts'
import type { LedgerEntry } from './ledger-entry.ts'

interface DueRange {
  readonly from?: EpochMs | undefined
  readonly to?: EpochMs | undefined
}

/** Whether an entry is about a due time in `[from, to)`. A run that has none is not. */
export function isDueWithin(entry: LedgerEntry, { from = -Infinity, to = Infinity }: DueRange): boolean {
  if (entry.scheduledFor === null) return false
  const last = entry.kind === 'unrun' ? entry.through : entry.scheduledFor
  return last >= from && entry.scheduledFor < to
}
