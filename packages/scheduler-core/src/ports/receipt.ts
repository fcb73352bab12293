import type { EpochMs } from '../clock.ts'
import type { ReceiptId } from '../ids.ts'

/**
 * That a command which came with an idempotency key was carried out, and what was answered: written in the unit of the
 * command's effect, so that there is one exactly when there is the other.
 */
export interface CommandReceipt {
  readonly id: ReceiptId
  /** The same for the same request. */
  readonly fingerprint: string
  /** As it was answered; plain JSON, given back as it was written. */
  readonly answer: unknown
  readonly at: EpochMs
}
