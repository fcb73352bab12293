import { Decimal, plain, readDecimal } from '../decimal/decimal.ts'
import { type CurrencyUnit, unitOf } from './currency-unit.ts'
import { MoneyError } from './money-error.ts'

/** An amount in a unit of a currency. Exact: no operation on it rounds, except a conversion, which says so. */
export interface Money {
  /** A decimal in plain notation without trailing zeros. */
  readonly amount: string
  /** The unit, such as `GBP` or `GBp`. */
  readonly unit: string
}

/**
 * Makes money of a decimal text and a unit's code. Throws a `MoneyError`: `AMOUNT_MALFORMED` for what is no decimal or
 * has more than 40 digits before the point or 60 after it, `CURRENCY_UNKNOWN` for an unknown unit.
 */
export function money(amount: string, unit: string): Money {
  const reading = readDecimal(amount, LIMITS)
  if (reading.kind !== 'decimal')
    throw new MoneyError('AMOUNT_MALFORMED', 'The amount is no decimal of 40 + 60 digits.')
  return Object.freeze({ amount: reading.decimal, unit: knownUnit(unit).code })
}

/**
 * The same value in the major unit of its currency: 95.06 GBp is 0.9506 GBP. Reads what a host made itself as well, such
 * as `950.60` of a row. Throws a `MoneyError`.
 */
export function toMajor({ amount, unit }: Money): Money {
  const { currency, perMajor } = knownUnit(unit)
  return make(decimalIn(amount).times(FRACTIONS[perMajor]), currency)
}

/** Money times a plain number, such as a price times a quantity. Keeps the unit. */
export function timesMoney({ amount, unit }: Money, factor: string): Money {
  const reading = readDecimal(factor, LIMITS)
  if (reading.kind !== 'decimal')
    throw new MoneyError('AMOUNT_MALFORMED', 'The factor is no decimal of 40 + 60 digits.')
  return make(decimalIn(amount).times(reading.decimal), knownUnit(unit).code)
}

/**
 * The sum of amounts in one currency, in its major unit: 50 GBp and 1 GBP are 1.5 GBP. Throws the `MoneyError`
 * `CURRENCIES_DIFFER` for amounts in different currencies.
 */
export function addMoney(first: Money, ...others: readonly Money[]): Money {
  const { amount, unit: currency } = toMajor(first)
  const sum = others.map(toMajor).reduce((total, other) => {
    if (other.unit === currency) return total.plus(other.amount)
    throw new MoneyError('CURRENCIES_DIFFER', `${currency} and ${other.unit} do not add up: convert one of them first.`)
  }, new Decimal(amount))
  return make(sum, currency)
}

/** Whether both are the same value: 100 GBp and 1 GBP are. False for different currencies. */
export function sameMoney(one: Money, other: Money): boolean {
  const [a, b] = [toMajor(one), toMajor(other)]
  return a.unit === b.unit && a.amount === b.amount
}

const LIMITS = { whole: 40, fraction: 60 } as const

/** Multiplied, since a division could round. */
const FRACTIONS = { 1: '1', 100: '0.01', 1000: '0.001' } as const

function make(decimal: Decimal, unit: string): Money {
  return Object.freeze({ amount: plain(decimal), unit })
}

/** Sums and products may be longer than an amount that is read. */
function decimalIn(amount: string): Decimal {
  const reading = readDecimal(amount, { whole: 1000, fraction: 1000 })
  if (reading.kind !== 'decimal') throw new MoneyError('AMOUNT_MALFORMED', 'The amount is no decimal.')
  return new Decimal(reading.decimal)
}

function knownUnit(code: string): CurrencyUnit {
  return unitOf(code) ?? refuse(code)
}

function refuse(code: string): never {
  throw new MoneyError('CURRENCY_UNKNOWN', `${JSON.stringify(code.slice(0, 20))} is no unit of a known currency.`)
}
