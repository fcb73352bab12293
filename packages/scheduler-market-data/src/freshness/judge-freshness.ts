import type { EpochMs } from '@pm/scheduler-core'

import { updateDueBy } from './due-by.ts'
import type { FeedStatus } from './feed-status.ts'
import type { FreshnessRule } from './freshness-rule.ts'

/** The times of the latest price of a feed. */
export interface FeedTimes {
  /** The provider's own time of the price; `null` before the first. */
  readonly eventAt: EpochMs | null
  /** When the present value was first seen. */
  readonly changedAt: EpochMs | null
}

export interface JudgeFreshnessContext {
  readonly asOf: EpochMs
  readonly rule: FreshnessRule
}

export interface FeedFreshness {
  readonly status: FeedStatus
  /** The latest instant at which the next update keeps the feed fresh; `null` when that is unknown. */
  readonly expectedBy: EpochMs | null
  /**
   * Time since the event time, not since the fetch; 0 for an event time that is ahead of our clock within the
   * tolerance.
   */
  readonly ageMs: number | null
}

/**
 * Judges how fresh a feed is. Pure.
 *
 * | status          |                                                                                   |
 * | --------------- | --------------------------------------------------------------------------------- |
 * | `fresh`         | the next update is not overdue                                                    |
 * | `market_closed` | the market is closed, and no update from before the close is overdue              |
 * | `stale`         | the next update is overdue, or the value has not changed for too long             |
 * | `expired`       | so many updates are overdue that the price must not be used                       |
 * | `unknown`       | no price yet, its time is in the future, or it is overdue and the hours unknown   |
 *
 * A closed market does not excuse an update that was due before: a price of Monday is stale on Wednesday night.
 */
export function judgeFreshness(times: FeedTimes, { asOf, rule }: JudgeFreshnessContext): FeedFreshness {
  const { eventAt } = times
  if (eventAt === null || eventAt > asOf + rule.futureToleranceMs) {
    return { status: 'unknown', expectedBy: null, ageMs: null }
  }
  const heldAt = Math.min(eventAt, asOf)
  const expectedBy = updateDueBy(heldAt, 1, rule)
  return { status: statusOf({ ...times, heldAt, expectedBy }, { asOf, rule }), expectedBy, ageMs: asOf - heldAt }
}

interface HeldTimes extends FeedTimes {
  /** The event time, or `asOf` if the event time is a little ahead of it. */
  readonly heldAt: EpochMs
  readonly expectedBy: EpochMs | null
}

function statusOf({ heldAt, changedAt, expectedBy }: HeldTimes, { asOf, rule }: JudgeFreshnessContext): FeedStatus {
  const isPast = (deadline: EpochMs | null) => deadline !== null && asOf > deadline
  const isFrozen =
    rule.frozenAfter !== null && changedAt !== null && isPast(updateDueBy(changedAt, rule.frozenAfter, rule))
  if (!isPast(expectedBy) && !isFrozen) return rule.calendar.isOpen(asOf) ? 'fresh' : 'market_closed'
  if (!rule.knowsHours) return 'unknown'
  return isPast(updateDueBy(heldAt, rule.expiresAfter, rule)) ? 'expired' : 'stale'
}
