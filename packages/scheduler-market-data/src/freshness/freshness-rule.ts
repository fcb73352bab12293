import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import { wholeNumber } from '../options/check-option.ts'
import { type MarketPeriods, marketPeriods } from './market-periods.ts'

export interface FreshnessOptions {
  /**
   * The hours of the market; `null` when they are unknown. Then a feed is `fresh` only while its price is so recent that
   * it is in time at any hours, and `unknown` otherwise. Unknown hours never count as always open.
   */
  readonly calendar: TradingCalendar | null
  /**
   * How often a new price is expected: an interval in milliseconds of open market, or once per trading day, by its
   * close.
   */
  readonly every: number | 'trading-day'
  /**
   * How late an update may be (default half of `every`, 15 minutes for `trading-day`, and `delayMs` more). Allows for
   * the provider's delay and the time that a poll takes. Counts milliseconds of open market; after the close it counts
   * all time.
   */
  readonly graceMs?: number
  /** How far the provider's prices are behind the exchange (default 0). A feed with a delay is told to be delayed. */
  readonly delayMs?: number
  /** After how many missing updates in a row a price is `expired` and must not be used (default 4). */
  readonly expiresAfter?: number
  /**
   * After how many expected updates a market that made no newer price is `stale`, although its provider answers in time
   * (default `null`: thin trading is not staleness). For markets that move all the time, such as indexes.
   */
  readonly quietAfter?: number | null
  /**
   * After how many expected updates an unchanged value is `stale` although its event time moves on. Detects a provider
   * that stamps an old price with the present time. Default `null`: a value may stay unchanged.
   */
  readonly frozenAfter?: number | null
  /** How far ahead of our clock an event time may be (default 60,000). Such a time counts as now. */
  readonly futureToleranceMs?: number
}

/** The rule by which a feed is fresh; made by `defineFreshness`. */
export type FreshnessRule = KnownHoursRule | UnknownHoursRule

interface RuleTerms extends Required<Omit<FreshnessOptions, 'calendar'>> {
  /** The rule in words, for readers. */
  readonly text: string
}

export interface KnownHoursRule extends RuleTerms {
  readonly calendar: TradingCalendar
  readonly periods: MarketPeriods
}

export interface UnknownHoursRule extends RuleTerms {
  readonly calendar: null
  readonly periods: null
}

/** Checks the options and fills in the defaults. Throws `INVALID_OPTIONS`. */
export function defineFreshness(options: FreshnessOptions & { readonly calendar: TradingCalendar }): KnownHoursRule
export function defineFreshness(options: FreshnessOptions): FreshnessRule
export function defineFreshness(options: FreshnessOptions): FreshnessRule {
  const { calendar, every, expiresAfter = 4, quietAfter = null, frozenAfter = null, delayMs = 0 } = options
  const { futureToleranceMs = 60_000 } = options
  if (every !== 'trading-day') wholeNumber({ path: 'every', value: every, from: 100, to: 30 * DAY_MS })
  wholeNumber({ path: 'delayMs', value: delayMs, from: 0, to: 30 * DAY_MS })
  const { graceMs = delayMs + (every === 'trading-day' ? 900_000 : Math.ceil(every / 2)) } = options
  wholeNumber({ path: 'graceMs', value: graceMs, from: 0, to: 30 * DAY_MS })
  wholeNumber({ path: 'expiresAfter', value: expiresAfter, from: 1, to: 100 })
  if (quietAfter !== null) wholeNumber({ path: 'quietAfter', value: quietAfter, from: 1, to: 100 })
  if (frozenAfter !== null) wholeNumber({ path: 'frozenAfter', value: frozenAfter, from: 1, to: 100 })
  wholeNumber({ path: 'futureToleranceMs', value: futureToleranceMs, from: 0 })
  const terms = { every, graceMs, delayMs, expiresAfter, quietAfter, frozenAfter, futureToleranceMs }
  const text = textOf(calendar, terms)
  return calendar === null
    ? Object.freeze({ ...terms, text, calendar, periods: null })
    : Object.freeze({ ...terms, text, calendar, periods: marketPeriods(calendar) })
}

const DAY_MS = 86_400_000

/** Such as `a price every 15 min while XNYS is open, up to 22 min late`. */
function textOf(calendar: TradingCalendar | null, { every, graceMs }: Pick<RuleTerms, 'every' | 'graceMs'>): string {
  const where = calendar === null ? 'its market (hours unknown)' : calendar.name
  const due = every === 'trading-day' ? `a price for each trading day of ${where}` : `a price every ${lengthOf(every)}`
  const when = every === 'trading-day' ? '' : ` while ${where} is open`
  return `${due}${when}, up to ${lengthOf(graceMs)} late`
}

function lengthOf(ms: number): string {
  const [unit, length] = ms >= 7_200_000 ? HOURS : ms % 60_000 === 0 || ms > 300_000 ? MINUTES : SECONDS
  return `${Math.round((ms / length) * 10) / 10} ${unit}`
}

const HOURS = ['h', 3_600_000] as const
const MINUTES = ['min', 60_000] as const
const SECONDS = ['s', 1_000] as const
