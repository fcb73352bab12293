/** A mistake or a condition that the person who starts the application can mend: shown as it is, without a stack. */
export class UserError extends Error {
  readonly details: readonly string[]

  constructor(message: string, details: readonly string[] = [], options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'UserError'
    this.details = details
  }
}
