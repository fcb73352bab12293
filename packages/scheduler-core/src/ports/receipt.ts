import type { EpochMs } from '../clock.ts'
import type { ReceiptId } from '../ids.ts'

/**
 * The record of a command with an idempotency key, and of its answer. The store writes it in the same unit of work as
 * the command's effect, so that both exist or neither does.
 */
export interface CommandReceipt {
  readonly id: ReceiptId
  /** Equal for equal requests. */
  readonly fingerprint: string
  /** The answer as plain JSON. The store gives it back as it was written. */
  readonly answer: unknown
  readonly at: EpochMs
}
