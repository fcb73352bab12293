/** How long a command's receipt is kept at least, for repetitions of the command. */
export const KEEP_RECEIPTS_MS = 86_400_000

export interface Retention {
  /** How long settled entries stay in the ledger at least. */
  readonly retentionMs: number
  /** The longest window of a snapshot. */
  readonly longestWindowMs: number
}

/** How long the buckets of an hour or a minute are kept at least. */
export function bucketsKeptMs({ retentionMs, longestWindowMs }: Retention): number {
  return Math.max(retentionMs, 2 * longestWindowMs)
}
