import type { EpochMs } from '../clock.ts'
import type { ReceiptId } from '../ids.ts'

/**
 * The record of a command with an idempotency key, and of its answer, written in the unit of work of the command's
 * effect: both exist or neither.
 */
export interface CommandReceipt {
  readonly id: ReceiptId
  /** Equal for equal requests. */
  readonly fingerprint: string
  /** The answer as plain JSON. The store gives it back as it was written. */
  readonly answer: unknown
  readonly at: EpochMs
}
