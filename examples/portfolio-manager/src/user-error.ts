/** A problem that the person who starts the application can fix. Its message is shown without a stack. */
export class UserError extends Error {
  readonly details: readonly string[]

  constructor(message: string, details: readonly string[] = [], options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'UserError'
    this.details = details
  }
}
