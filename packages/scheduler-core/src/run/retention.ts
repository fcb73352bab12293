/** A command is kept for repeats at least this long. */
export const KEEP_RECEIPTS_MS = 86_400_000

export interface Retention {
  /** How long settled entries stay in the ledger. */
  readonly retentionMs: number
  /** The longest window of a snapshot. */
  readonly longestWindowMs: number
}

/** How long the aggregates of an hour or a minute stay at least. */
export function bucketsKeptMs({ retentionMs, longestWindowMs }: Retention): number {
  return Math.max(retentionMs, 2 * longestWindowMs)
}
