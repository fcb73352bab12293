import type { EpochMs } from '@pm/scheduler-core'

import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import type { MarketState } from '../quote/instrument-facts.ts'
import { answerDueBy, closeOfTradingDay, isKnown, updateDueBy } from './due-by.ts'
import type { FreshnessReason } from './feed-reasons.ts'
import type { FeedStatus } from './feed-status.ts'
import type { FreshnessRule, KnownHoursRule } from './freshness-rule.ts'
import { type Asking, reasonOfLateness, reasonOfNothing } from './reason-of-silence.ts'
import { type PriceTime, tradedAt } from './traded-at.ts'

/** The times of the latest price of a feed, and of the questions for it. */
export interface FeedTimes extends Asking, Pick<PriceTime, 'eventTimePrecision'> {
  /** The provider's own time of the price; `null` before the first. */
  readonly eventAt: EpochMs | null
  /** When the present value was first seen. */
  readonly changedAt: EpochMs | null
  /**
   * When a provider last answered with a price (default unknown). Without it nobody can tell thin trading from a
   * provider that is not asked, so that an old price counts as late.
   */
  readonly fetchedAt?: EpochMs | null
  /** What the provider said of the market with its last answer (default nothing). */
  readonly marketState?: MarketState | null
}

export interface JudgeFreshnessContext {
  readonly asOf: EpochMs
  readonly rule: FreshnessRule
}

export interface FeedFreshness {
  readonly status: FeedStatus
  readonly reason: FreshnessReason
  /**
   * The latest instant at which the next update keeps the feed as it is; `null` when that is unknown, such as on a day that
   * the calendar does not know.
   */
  readonly expectedBy: EpochMs | null
  /**
   * Time since the event time, not since the fetch; 0 for an event time that is ahead of our clock within the
   * tolerance.
   */
  readonly ageMs: number | null
}

/**
 * Judges how fresh a feed is, and why. Pure.
 *
 * | status          |                                                                                         |
 * | --------------- | --------------------------------------------------------------------------------------- |
 * | `fresh`         | the next update is not overdue, or the market made no newer price in this session        |
 * | `market_closed` | the market is closed, and this is the last price of its session, or that is still due    |
 * | `stale`         | an update is overdue, the price is of an earlier session, or it has not changed too long |
 * | `expired`       | so many updates are overdue that the price must not be used                              |
 * | `unknown`       | no price yet, its time is in the future, or it may be overdue and the hours are unknown  |
 *
 * A closed market does not excuse an update that was due before: a price of Monday is stale on Wednesday night.
 */
export function judgeFreshness(times: FeedTimes, { asOf, rule }: JudgeFreshnessContext): FeedFreshness {
  const { eventAt } = times
  if (eventAt === null) return unknown(reasonOfNothing(times))
  if (eventAt > asOf + rule.futureToleranceMs) return unknown('time_in_future')
  const heldAt = Math.min(eventAt, asOf)
  const ageMs = asOf - heldAt
  if (!holdsAt(rule, asOf)) return { ...judgeWithoutHours({ ...times, heldAt, asOf }, rule), ageMs }
  const { eventTimePrecision = null } = times
  const madeAt = tradedAt({ eventAt: heldAt, eventTimePrecision }, rule.periods)
  const { expectedBy, ...judged } = judgeByHours({ ...times, heldAt: madeAt, asOf }, rule)
  const isKnownDay = expectedBy !== null && rule.calendar.knowsAt(expectedBy)
  return { ...judged, expectedBy: isKnownDay ? expectedBy : null, ageMs }
}

function unknown(reason: FreshnessReason): FeedFreshness {
  return { status: 'unknown', reason, expectedBy: null, ageMs: null }
}

/** Outside the days that a calendar knows, the hours of its market are as unknown as those of no calendar. */
function holdsAt(rule: FreshnessRule, asOf: EpochMs): rule is KnownHoursRule {
  return isKnown(rule) && rule.calendar.knowsAt(asOf)
}

interface HeldTimes extends FeedTimes {
  /** The event time, or `asOf` if the event time is a little ahead of it; with known hours as `tradedAt` reads it. */
  readonly heldAt: EpochMs
  readonly asOf: EpochMs
}

type Judged = Omit<FeedFreshness, 'ageMs'>

/** What is in time on the wall clock is in time at any hours; of all else nobody can tell. */
function judgeWithoutHours({ heldAt, asOf, fetchedAt, marketState }: HeldTimes, rule: FreshnessRule): Judged {
  const { every, graceMs } = rule
  const dueInMs = (every === 'trading-day' ? 86_400_000 : every) + graceMs
  const answeredInTime = fetchedAt !== undefined && fetchedAt !== null && asOf <= fetchedAt + dueInMs
  const isOfLongAgo = asOf > heldAt + LONGEST_CLOSURE_MS
  if (answeredInTime && marketState === 'closed' && !isOfLongAgo) return { ...CLOSED_BY_PROVIDER, expectedBy: null }
  if (asOf <= heldAt + dueInMs) return { status: 'fresh', reason: 'on_time', expectedBy: null }
  return { status: 'unknown', reason: 'hours_unknown', expectedBy: null }
}

const CLOSED_BY_PROVIDER = { status: 'market_closed', reason: 'provider_says_closed' } as const

function judgeByHours(times: HeldTimes, rule: KnownHoursRule): Judged {
  const { asOf, changedAt } = times
  const pricedAt = pricedUntil(times, rule)
  const answerBy = times.fetchedAt ? answerDueBy(Math.min(times.fetchedAt, asOf), rule) : null
  const isAnswered = times.fetchedAt !== undefined && times.fetchedAt !== null && !isPast(answerBy, asOf)
  const updateBy = updateDueBy(pricedAt, 1, rule)
  const isOpen = rule.calendar.isOpen(asOf)
  const isExcused = isClosedByProvider(times, rule) && !isForDays(pricedAt, asOf, rule)
  if (isOpen && isAnswered && isExcused) return { ...CLOSED_BY_PROVIDER, expectedBy: answerBy }
  const frozenBy =
    rule.frozenAfter === null || changedAt === null ? null : updateDueBy(changedAt, rule.frozenAfter, rule)
  if (isPast(frozenBy, asOf) && !isPast(updateBy, asOf))
    return { status: degreeOf(pricedAt, asOf, rule), reason: 'value_frozen', expectedBy: updateBy }
  if (!isPast(updateBy, asOf)) return { ...inTime({ pricedAt, asOf, isOpen }, rule), expectedBy: updateBy }
  if (isAnswered) {
    const judged = withoutNewPrice({ pricedAt, asOf, isOpen }, rule)
    const isLate = judged.status === 'stale' || judged.status === 'expired'
    return { ...judged, expectedBy: isLate ? updateBy : answerBy }
  }
  return late({ ...times, pricedAt, answerBy, updateBy }, rule)
}

interface LateTimes extends HeldTimes {
  readonly pricedAt: EpochMs
  readonly answerBy: EpochMs | null
  readonly updateBy: EpochMs | null
}

/** Neither a price nor an answer came in time. How late it is counts from when the price was last confirmed. */
function late(times: LateTimes, rule: KnownHoursRule): Judged {
  const { pricedAt, asOf, answerBy, updateBy } = times
  const isMissed = isOfLatestPeriod(pricedAt, asOf, rule) && isCloseDue(asOf, rule)
  const isInTime = (at: EpochMs) => !isPast(answerDueBy(Math.min(at, asOf), rule), asOf)
  const reason = isMissed ? 'close_missing' : reasonOfLateness(times, isInTime)
  const confirmedAt = confirmedUntil(times, rule)
  const expectedBy = confirmedAt > pricedAt ? answerBy : updateBy
  return { status: degreeOf(confirmedAt, asOf, rule), reason, expectedBy }
}

/** A later answer in the session of the price, less its delay, has confirmed that there was no newer one. */
function confirmedUntil({ pricedAt, fetchedAt, asOf }: LateTimes, { periods, delayMs }: KnownHoursRule): EpochMs {
  const answeredAt = Math.min(fetchedAt ?? pricedAt, asOf) - delayMs
  const period = periods.latest(pricedAt)
  return period !== null && answeredAt > pricedAt && answeredAt < period.closesAt ? answeredAt : pricedAt
}

/**
 * Up to when the price holds: its own time, or the close of its session when the provider answered with it after the
 * close, and so late that its delay has passed. What it says then is the last price of the session, however old.
 */
function pricedUntil({ heldAt, fetchedAt, asOf }: HeldTimes, { periods, delayMs }: KnownHoursRule): EpochMs {
  if (fetchedAt === undefined || fetchedAt === null) return heldAt
  const closesAt = periods.latest(heldAt)?.closesAt ?? Infinity
  return heldAt < closesAt && Math.min(fetchedAt, asOf) >= closesAt + delayMs ? closesAt : heldAt
}

/** Said in this session: before the opening, or in the break, `closed` is no news. */
function isClosedByProvider(
  { fetchedAt, marketState, asOf }: HeldTimes,
  { calendar, delayMs }: KnownHoursRule,
): boolean {
  if (marketState !== 'closed') return false
  const opensAt = calendar.sessionAt(asOf)?.opensAt ?? Infinity
  return Number(fetchedAt) >= opensAt + delayMs
}

interface Moment {
  readonly pricedAt: EpochMs
  readonly asOf: EpochMs
  readonly isOpen: boolean
}

type StatusWithReason = Pick<FeedFreshness, 'status' | 'reason'>

/** No update is overdue. */
function inTime({ pricedAt, asOf, isOpen }: Moment, rule: KnownHoursRule): StatusWithReason {
  const latest = rule.periods.latest(asOf)
  const isOfLatest = latest === null || pricedAt >= latest.opensAt
  if (!isOfLatest && rule.every !== 'trading-day') return { status: 'stale', reason: 'no_price_yet' }
  if (isOpen) return { status: 'fresh', reason: 'on_time' }
  if (!hasClosed(asOf, rule)) return { status: 'market_closed', reason: 'break' }
  const isClose = isOfLatest && (rule.every === 'trading-day' || latest === null || pricedAt >= latest.closesAt)
  return { status: 'market_closed', reason: isClose ? 'last_close' : 'close_pending' }
}

/** An update is overdue, although the provider answered in time: the market made no newer price. */
function withoutNewPrice(moment: Moment, rule: KnownHoursRule): StatusWithReason {
  const { pricedAt, asOf } = moment
  if (isOfLatestPeriod(pricedAt, asOf, rule) && rule.every !== 'trading-day') return withoutNewTrade(moment, rule)
  return isForDays(pricedAt, asOf, rule)
    ? { status: 'expired', reason: 'no_price_for_days' }
    : { status: 'stale', reason: 'no_price_today' }
}

/** Whether several trading days have passed since the price. */
function isForDays(pricedAt: EpochMs, asOf: EpochMs, { calendar, expiresAfter, graceMs }: KnownHoursRule): boolean {
  const expiresAt = closeOfTradingDay(calendar, pricedAt, expiresAfter)
  return isPast(expiresAt === null ? null : expiresAt + graceMs, asOf)
}

/** The same of a price of the present session, or of the one that has just closed. */
function withoutNewTrade({ pricedAt, asOf, isOpen }: Moment, rule: KnownHoursRule): StatusWithReason {
  if (isCloseDue(asOf, rule)) return { status: 'stale', reason: 'close_missing' }
  if (hasClosed(asOf, rule)) return { status: 'market_closed', reason: 'close_pending' }
  const quietBy = rule.quietAfter === null ? null : updateDueBy(pricedAt, rule.quietAfter, rule)
  if (isPast(quietBy, asOf)) return { status: 'stale', reason: 'market_quiet' }
  return isOpen ? { status: 'fresh', reason: 'no_newer_trade' } : { status: 'market_closed', reason: 'break' }
}

function isOfLatestPeriod(pricedAt: EpochMs, asOf: EpochMs, { periods }: KnownHoursRule): boolean {
  const latest = periods.latest(asOf)
  return latest !== null && pricedAt >= latest.opensAt
}

function hasClosed(asOf: EpochMs, { periods }: KnownHoursRule): boolean {
  const latest = periods.latest(asOf)
  return latest === null || asOf >= latest.closesAt
}

/** Whether the market has closed so long ago that the price of its close should be there. */
function isCloseDue(asOf: EpochMs, { periods, graceMs }: KnownHoursRule): boolean {
  const latest = periods.latest(asOf)
  return latest !== null && asOf > latest.closesAt + graceMs
}

function degreeOf(pricedAt: EpochMs, asOf: EpochMs, rule: KnownHoursRule): 'stale' | 'expired' {
  return isPast(updateDueBy(pricedAt, rule.expiresAfter, rule), asOf) ? 'expired' : 'stale'
}

function isPast(deadline: EpochMs | null, asOf: EpochMs): boolean {
  return deadline !== null && asOf > deadline
}
