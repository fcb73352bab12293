/** An error as the ledger keeps it: capped, valid text, redacted. */
export interface StoredError {
  /** A machine code: our own, the thrown error's `code`, or `HANDLER_FAILED`. */
  readonly code: string
  readonly name: string
  readonly message: string
}
