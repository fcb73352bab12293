import { type Money, timesMoney, toMajor } from './money.ts'

/**
 * The value for people, in the major unit and with the digits of the currency: 95060 GBp are `£950.60`. Rounds for
 * display only. A minor unit is never handed to `Intl`, which folds `GBp` to `GBP` and writes pence as pounds.
 *
 * `locale` is a BCP 47 tag (default `en-GB`).
 */
export function formatMoney(money: Money, locale = 'en-GB'): string {
  const { amount, unit: currency } = toMajor(money)
  // No sign before what rounds to zero.
  return new Intl.NumberFormat(locale, { style: 'currency', currency, signDisplay: 'negative' }).format(
    asNumeric(amount),
  )
}

/** A price as it is quoted, with all of its digits and in its own unit: `95.06 GBp`. */
export function formatPrice(price: Money, locale = 'en-GB'): string {
  const { amount, unit } = timesMoney(price, '1')
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 100 }).format(asNumeric(amount))} ${unit}`
}

/** `Intl` formats decimal texts exactly, without a number in between. */
function asNumeric(amount: string): Intl.StringNumericLiteral {
  return amount as Intl.StringNumericLiteral
}
