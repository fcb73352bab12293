/** Why nothing was made. */
export type CreateErrorCode =
  | 'BAD_FLAG'
  | 'BAD_NAME'
  | 'NO_FOLDER'
  | 'NOT_EMPTY'
  | 'UNKNOWN_DATABASE'
  | 'UNKNOWN_FRAMEWORK'
  | 'UNWRITABLE'

/** A refusal: its message is one sentence for whoever typed the command, and the code is for programs. Nothing was written. */
export class CreateError extends Error {
  override readonly name = 'CreateError'
  readonly code: CreateErrorCode

  constructor(code: CreateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
