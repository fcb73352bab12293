import Big from 'big.js'

/**
 * Exact decimal numbers. A constructor of our own: what a host sets on its `Big`, such as `strict` or `DP`, does not
 * reach it.
 */
export const Decimal = Big()

export type Decimal = InstanceType<typeof Decimal>

/** How many digits a decimal may have. */
export interface DecimalLimits {
  /** Before the point. */
  readonly whole: number
  /** After the point, without trailing zeros. */
  readonly fraction: number
}

export type DecimalReading =
  | { readonly kind: 'decimal'; readonly decimal: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-numeric' }
  | { readonly kind: 'not-finite' }
  | { readonly kind: 'out-of-range' }

/**
 * Reads a decimal without loss: a text such as `95.06`, `95.0600` or `1e-7`, or a number, whose shortest decimal is
 * taken. The result is in plain notation without trailing zeros, so that equal values are equal texts.
 */
export function readDecimal(value: unknown, limits: DecimalLimits): DecimalReading {
  if (value === undefined || value === null || value === '') return { kind: 'missing' }
  if (typeof value !== 'string' && typeof value !== 'number') return { kind: 'not-numeric' }
  const text = String(value)
  if (PLAIN.test(text) && text !== '-0') {
    return fitsPlain(text, limits) ? { kind: 'decimal', decimal: text } : { kind: 'out-of-range' }
  }
  if (NOT_FINITE.test(text)) return { kind: 'not-finite' }
  if (!DECIMAL.test(text)) return { kind: 'not-numeric' }
  const decimal = new Decimal(text)
  return fits(decimal, limits) ? { kind: 'decimal', decimal: plain(decimal) } : { kind: 'out-of-range' }
}

/**
 * The quotient with at most `scale` digits after the point; exactly between two of them it takes the even one. Rounds
 * once, whatever the operands.
 */
export function divide(dividend: Decimal, divisor: Decimal, scale: number): string {
  const Rounding = Big()
  Rounding.DP = scale
  Rounding.RM = Big.roundHalfEven
  return plain(new Rounding(dividend).div(divisor))
}

/** A decimal in plain notation without trailing zeros, never `-0`. */
export function plain(decimal: Decimal): string {
  return decimal.eq(0) ? '0' : decimal.toFixed()
}

/** What needs no rewriting, as nearly every price: ten thousand of them are read at a time. */
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/

function fitsPlain(text: string, { whole, fraction }: DecimalLimits): boolean {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  const point = text.indexOf('.')
  const digits = (point === -1 ? text.length : point) - start
  return digits <= whole && (point === -1 || text.length - point - 1 <= fraction)
}

const MINUS = 45

/** The notation of JSON, and leading zeros. */
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i

/** Compares exponents before anything is written out: `1e999999999` would fill the memory. */
function fits({ c, e }: Decimal, { whole, fraction }: DecimalLimits): boolean {
  return e < whole && c.length - 1 - e <= fraction
}
