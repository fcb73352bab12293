import { exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { wholeNumber } from '../options/check-option.ts'

export interface FreshnessOptions {
  /**
   * The hours of the market; `null` when they are unknown. Then an overdue feed is `unknown`, since its market may be
   * closed.
   */
  readonly calendar: TradingCalendar | null
  /**
   * How often a new price is expected: an interval in milliseconds of open market, or once per trading day, by its
   * close.
   */
  readonly every: number | 'trading-day'
  /**
   * How late an update may be (default half of `every`; 15 minutes for `trading-day`). Allows for the provider's delay
   * and the time that a poll takes. Counts milliseconds of open market; for `trading-day` it counts all time after the
   * close.
   */
  readonly graceMs?: number
  /** After how many missing updates in a row a price is `expired` and must not be used (default 4). */
  readonly expiresAfter?: number
  /**
   * After how many expected updates an unchanged value is `stale` although its event time moves on. Detects a provider
   * that stamps an old price with the present time. Default `null`: a value may stay unchanged.
   */
  readonly frozenAfter?: number | null
  /** How far ahead of our clock an event time may be (default 60,000). Such a time counts as now. */
  readonly futureToleranceMs?: number
}

/** The rule by which a feed is fresh; made by `defineFreshness`. */
export interface FreshnessRule extends Required<Omit<FreshnessOptions, 'calendar'>> {
  readonly calendar: TradingCalendar
  readonly knowsHours: boolean
}

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function defineFreshness(options: FreshnessOptions): FreshnessRule {
  const { calendar, every, expiresAfter = 4, frozenAfter = null, futureToleranceMs = 60_000 } = options
  if (every !== 'trading-day') wholeNumber({ path: 'every', value: every, from: 100, to: 30 * DAY_MS })
  const { graceMs = every === 'trading-day' ? 900_000 : Math.ceil(every / 2) } = options
  wholeNumber({ path: 'graceMs', value: graceMs, from: 0, to: 30 * DAY_MS })
  wholeNumber({ path: 'expiresAfter', value: expiresAfter, from: 1, to: 100 })
  if (frozenAfter !== null) wholeNumber({ path: 'frozenAfter', value: frozenAfter, from: 1, to: 100 })
  wholeNumber({ path: 'futureToleranceMs', value: futureToleranceMs, from: 0 })
  return Object.freeze({
    calendar: calendar ?? exchangeCalendar('24/7'),
    knowsHours: calendar !== null,
    every,
    graceMs,
    expiresAfter,
    frozenAfter,
    futureToleranceMs,
  })
}

const DAY_MS = 86_400_000
