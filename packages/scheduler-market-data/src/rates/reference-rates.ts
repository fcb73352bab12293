import { type Clock, type EpochMs, systemClock } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import { addDays, type CalendarDay, dayOfLocal, isDay } from '../calendar/days.ts'
import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import { Decimal, divide } from '../decimal/decimal.ts'
import { unitOf } from '../money/currency-unit.ts'
import { type Money, toMajor } from '../money/money.ts'
import { wholeNumber } from '../options/check-option.ts'
import { createZone } from '../time/zone.ts'
import type { RateTable } from './rate-table.ts'

/** What converts money by the reference rates of a central bank, which name one rate per currency and day. */
export interface ReferenceRates {
  /** Who publishes them: `ECB`. */
  readonly source: string
  /** The days of the first and the last rates. */
  readonly from: CalendarDay
  readonly to: CalendarDay
  /** The latest day whose rates were published by an instant, by the calendar of the source: on a Sunday it is Friday. */
  dayAt(instant: EpochMs): CalendarDay
  /**
   * Converts money to the major unit of a currency by the rates of a day, or of the last day before it that has rates
   * for both currencies. Never guesses: what has no rate is refused with its reason. Throws `INVALID_OPTIONS` for a day
   * that is no date, also where no rate is needed.
   */
  convert(money: Money, currency: string, day: CalendarDay): Conversion
}

export type Conversion = Converted | RateRefusal

export interface Converted {
  readonly kind: 'converted'
  readonly money: Money
  /** `null` when both are the same currency, which needs no rate. */
  readonly rate: AppliedRate | null
}

/** The rate of a conversion: how much of `to` one of `from` is. */
export interface AppliedRate {
  readonly from: string
  readonly to: string
  /** Rounded to the scale for display; the conversion itself divides once, from the published rates. */
  readonly rate: string
  /** The day of the rates, which is earlier than the asked day when that has none. */
  readonly day: CalendarDay
  readonly source: string
}

export interface RateRefusal {
  readonly kind: 'refused'
  readonly code: RateRefusalCode
  /** The currency that lacks a rate; `null` when the day is at fault. */
  readonly currency: string | null
}

export const RATE_REFUSAL_CODES = [
  /** The code is no major unit of a currency. */
  'CURRENCY_UNKNOWN',
  /** The source publishes no rate of it. */
  'CURRENCY_WITHOUT_RATE',
  /** The day is after today. */
  'DAY_IN_FUTURE',
  /** The day is before the first rates. */
  'DAY_BEFORE_RATES',
  /** The last rates before the day are too old: the table was not updated, or the source ended this currency. */
  'RATES_TOO_OLD',
] as const

export type RateRefusalCode = (typeof RATE_REFUSAL_CODES)[number]

export interface ReferenceRatesOptions {
  /** The rates, day by day, as `parseEcbRates` reads them. */
  readonly table: RateTable
  /** Tells which days are in the future (default the host's clock). */
  readonly clock?: Clock
  /** Digits after the point of converted amounts and of rates, from 0 to 30 (default 12). */
  readonly scale?: number
  /** For how many days the last rates hold (default 7; the ECB's longest pause, around Christmas or Easter, is 5). */
  readonly maxAgeDays?: number
}

/**
 * The ECB's euro reference rates. Two other currencies convert through the euro, in one division that rounds half to
 * even at the stated scale. Throws `INVALID_OPTIONS`.
 */
export function createReferenceRates(options: ReferenceRatesOptions): ReferenceRates {
  const { table, clock = systemClock, scale = 12, maxAgeDays = 7 } = options
  wholeNumber({ path: 'scale', value: scale, from: 0, to: 30 })
  wholeNumber({ path: 'maxAgeDays', value: maxAgeDays, from: 0, to: 366 })
  const calendar = exchangeCalendar('ECB')
  const frankfurt = createZone(calendar.timezone)
  const [from = '', to = ''] = [table.days[0], table.days.at(-1)]
  const localDay = (instant: EpochMs) => dayOfLocal(instant + frankfurt.offsetMs(instant))

  /** The last day that has rates for all of these currencies, the euro apart, and those rates. */
  function latest(currencies: readonly string[], day: CalendarDay): { day: CalendarDay; rates: Rates } | null {
    const oldest = addDays(day, -maxAgeDays)
    for (let at = day; at >= oldest && at >= from; at = addDays(at, -1)) {
      const rates = table.ratesOn(at)
      if (rates !== undefined && currencies.every((currency) => rates.has(currency))) return { day: at, rates }
    }
    return null
  }

  function whyNone(currencies: readonly string[], day: CalendarDay): RateRefusal {
    if (day < from || from === '') return refused('DAY_BEFORE_RATES')
    const never = currencies.find((currency) => !table.days.some((each) => table.ratesOn(each)?.has(currency)))
    if (never !== undefined) return refused('CURRENCY_WITHOUT_RATE', never)
    return refused('RATES_TOO_OLD', currencies.find((currency) => latest([currency], day) === null) ?? null)
  }

  return Object.freeze({
    source: 'ECB',
    from,
    to,
    dayAt: (instant: EpochMs) => calendar.lastSession(instant)?.day ?? from,
    convert(money: Money, currency: string, day: CalendarDay): Conversion {
      checkDay(day)
      if (unitOf(currency)?.perMajor !== 1) return refused('CURRENCY_UNKNOWN', currency)
      if (unitOf(money.unit) === null) return refused('CURRENCY_UNKNOWN', money.unit)
      const major = toMajor(money)
      if (major.unit === currency) return { kind: 'converted', money: major, rate: null }
      if (day > localDay(clock.now())) return refused('DAY_IN_FUTURE')
      const pair = [major.unit, currency].filter((each) => each !== EURO)
      const found = latest(pair, day)
      if (found === null) return whyNone(pair, day)
      const [dividend, divisor] = [perEuro(found.rates, currency), perEuro(found.rates, major.unit)]
      return {
        kind: 'converted',
        money: { amount: divide(new Decimal(major.amount).times(dividend), divisor, scale), unit: currency },
        rate: { from: major.unit, to: currency, rate: divide(dividend, divisor, scale), day: found.day, source: 'ECB' },
      }
    },
  })
}

type Rates = ReadonlyMap<string, string>

const EURO = 'EUR'

function perEuro(rates: Rates, currency: string): Decimal {
  return new Decimal(currency === EURO ? '1' : (rates.get(currency) ?? '1'))
}

/** A mistake of the caller: `to` of an empty table, a `Date`, or a date in another order. */
function checkDay(day: CalendarDay): void {
  if (typeof day === 'string' && isDay(day)) return
  refuseOption({ path: 'convert.day', value: day, expected: 'a date that exists, such as 2026-12-25' })
}

function refused(code: RateRefusalCode, currency: string | null = null): RateRefusal {
  return { kind: 'refused', code, currency }
}
