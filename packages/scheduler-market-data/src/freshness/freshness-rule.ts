import { exchangeCalendar } from '../calendar/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { wholeNumber } from '../options/check-option.ts'

export interface FreshnessOptions {
  /** The hours of the market; `null` when nobody knows them: silence is then unknown, where it could be a closed market. */
  readonly calendar: TradingCalendar | null
  /**
   * How often a new price is expected: every so many milliseconds of open market, or once per trading day, by its close.
   */
  readonly every: number | 'trading-day'
  /**
   * How late an update may be (default half of `every`, 15 minutes for a trading day): what the provider delays its prices
   * by, and the time a poll takes. In milliseconds of open market, and after the close of a trading day of any time.
   */
  readonly graceMs?: number
  /** After how many updates in a row that did not come a price is `expired`, no longer to be used (default 4). */
  readonly expiresAfter?: number
  /**
   * After how many expected updates an unchanged value is `stale` although its time moves on, as with a provider that
   * stamps an old price with the present. Default `null`: a value may stay as it is.
   */
  readonly frozenAfter?: number | null
  /** How far ahead of our clock an event time may be and still count as now (default 60,000). */
  readonly futureToleranceMs?: number
}

/** When a feed is fresh; made by `defineFreshness`. */
export interface FreshnessRule extends Required<Omit<FreshnessOptions, 'calendar'>> {
  readonly calendar: TradingCalendar
  readonly knowsHours: boolean
}

/** The options checked, with every default filled in. Throws `INVALID_OPTIONS`. */
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
