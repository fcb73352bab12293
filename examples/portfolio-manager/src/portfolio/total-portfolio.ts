import {
  type AppliedRate,
  addMoney,
  type CalendarDay,
  type Conversion,
  money,
  type RateRefusal,
  type RateRefusalCode,
  type ReferenceRates,
} from '@pm/scheduler-market-data'

import { inputsOf, type SumInputs } from './portfolio-inputs.ts'
import type { PositionValue } from './value-position.ts'

/** The sum of the positions in one currency, without conversion. */
export interface CurrencyTotal extends SumInputs {
  readonly currency: string
  /** `null` unless every position in this currency has a value: a part of the sum is not the sum. */
  readonly value: string | null
}

/** The sum of the whole portfolio in one currency, or why there is none. */
export interface PortfolioTotal extends SumInputs {
  /** The base currency, or the only one; `null` for a portfolio in several currencies without a base. */
  readonly currency: string | null
  /** `null` when a position has no value, or the totals stay apart. */
  readonly value: string | null
  /**
   * - `single`: all positions are in this currency; nothing was converted.
   * - `converted`: the totals of other currencies were converted by `rates`.
   * - `apart`: there is no one sum, for `apart_reason`; the totals by currency hold.
   */
  readonly kind: 'single' | 'converted' | 'apart'
  readonly apart_reason: ApartReason | null
  /** The currency that could not be converted; `null` when none is at fault. */
  readonly apart_currency: string | null
  /** The rates that were applied. */
  readonly rates: readonly TotalRate[]
}

export type ApartReason = 'no_base_currency' | 'no_rates' | Lowercase<RateRefusalCode>

export interface TotalRate {
  readonly from: string
  readonly to: string
  readonly rate: string
  /** The day of the rate. It is earlier than that of the valuation where that one has no rates. */
  readonly rate_date: CalendarDay
  readonly source: string
}

export interface TotalContext {
  /** The currency of the one total (default none). */
  readonly baseCurrency: string | null
  readonly rates: ReferenceRates | null
  /** The instant whose latest rates apply. */
  readonly ratesAt: Date
}

/** One total per currency, in the order of their codes. */
export function totalByCurrency(positions: readonly PositionValue[]): readonly CurrencyTotal[] {
  const currencies = [...new Set(positions.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const held = positions.filter((position) => position.currency === currency)
    return {
      currency,
      value: sum(
        held.map(({ value }) => value),
        currency,
      ),
      ...inputsOf(held),
    }
  })

  function sum(values: readonly (string | null)[], currency: string): string | null {
    return values.includes(null)
      ? null
      : add(
          values.flatMap((value) => value ?? []),
          currency,
        )
  }
}

/** The one total of all positions. Converts the total of each currency once, and never a part of it. */
export function totalPortfolio(
  positions: readonly PositionValue[],
  totals: readonly CurrencyTotal[],
  context: TotalContext,
): PortfolioTotal {
  const inputs = inputsOf(positions)
  const currency = context.baseCurrency ?? (totals.length === 1 ? (totals[0]?.currency ?? null) : null)
  const apart = (reason: ApartReason, at: string | null = null): PortfolioTotal => {
    return { currency, value: null, kind: 'apart', apart_reason: reason, apart_currency: at, rates: [], ...inputs }
  }
  if (currency === null) return apart('no_base_currency')
  const whole = { apart_reason: null, apart_currency: null, ...inputs }
  if (totals.every((total) => total.currency === currency)) {
    const value = totals.length === 0 ? '0' : (totals[0]?.value ?? null)
    return { currency, value, kind: 'single', rates: [], ...whole }
  }
  const { rates, ratesAt } = context
  if (rates === null) return apart('no_rates')

  const converted = convertTotals(totals, (total) =>
    rates.convert({ amount: total.value ?? '0', unit: total.currency }, currency, rates.dayAt(ratesAt.getTime())),
  )
  if (converted.kind === 'refused') return apart(lower(converted.code), converted.currency)
  const value = inputs.unpriced === 0 ? add(converted.values, currency) : null
  return { currency, value, kind: 'converted', rates: converted.rates, ...whole }
}

interface ConvertedTotals {
  readonly kind: 'converted'
  readonly values: readonly string[]
  readonly rates: readonly TotalRate[]
}

/** A total without a value is looked up all the same: that tells whether the totals add up at all. */
function convertTotals(
  totals: readonly CurrencyTotal[],
  convert: (total: CurrencyTotal) => Conversion,
): ConvertedTotals | RateRefusal {
  const values: string[] = []
  const rates: TotalRate[] = []
  for (const total of totals) {
    const converted = convert(total)
    if (converted.kind === 'refused') return converted
    values.push(converted.money.amount)
    if (converted.rate !== null) rates.push(toTotalRate(converted.rate))
  }
  return { kind: 'converted', values, rates }
}

function toTotalRate({ day: rate_date, ...rate }: AppliedRate): TotalRate {
  return { ...rate, rate_date }
}

function add(values: readonly string[], currency: string): string {
  return addMoney(money('0', currency), ...values.map((value) => money(value, currency))).amount
}

function lower(code: RateRefusalCode): Lowercase<RateRefusalCode> {
  return code.toLowerCase() as Lowercase<RateRefusalCode>
}
