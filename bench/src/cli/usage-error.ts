export type UsageCode = 'UNKNOWN_BENCH' | 'UNKNOWN_OPTION' | 'INVALID_VALUE'

export interface UsageDetails {
  readonly given: string
  /** What was meant, perhaps. */
  readonly nearest: string | null
}

/** A mistake in the command: nothing was measured. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code: UsageCode
  readonly details: UsageDetails

  constructor(code: UsageCode, message: string, details: UsageDetails) {
    super(message)
    this.code = code
    this.details = details
  }
}
