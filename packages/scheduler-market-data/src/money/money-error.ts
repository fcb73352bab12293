export type MoneyErrorCode =
  /** Amounts of different currencies were added. Convert them first. */
  | 'CURRENCIES_DIFFER'
  /** The code is no unit of a currency that is known, such as `gbp` or `XYz`. */
  | 'CURRENCY_UNKNOWN'
  /** The text is no decimal, or has more digits than money has. */
  | 'AMOUNT_MALFORMED'

/** A mistake in the use of `Money`. Tell it by its `code`. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError'
  readonly code: MoneyErrorCode

  constructor(code: MoneyErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
