import type { EpochMs } from '@pm/scheduler-core'

import { updateDueBy } from './due-by.ts'
import type { FeedStatus } from './feed-status.ts'
import type { FreshnessRule } from './freshness-rule.ts'

/** What is known of the latest that a feed delivered. */
export interface FeedTimes {
  /** The provider's own time of it; `null` when nothing came yet. */
  readonly eventAt: EpochMs | null
  /** When its value was first seen to be what it is. */
  readonly changedAt: EpochMs | null
}

export interface JudgeFreshnessContext {
  readonly asOf: EpochMs
  readonly rule: FreshnessRule
}

export interface FeedFreshness {
  readonly status: FeedStatus
  /** Until when the next update has to come for the feed to stay fresh; `null` when that cannot be said. */
  readonly expectedBy: EpochMs | null
  /** From the event time on, however lately it was fetched; 0 for one that is ahead of our clock within the tolerance. */
  readonly ageMs: number | null
}

/**
 * How fresh a feed is. Pure.
 *
 * | status          |                                                                                   |
 * | --------------- | --------------------------------------------------------------------------------- |
 * | `fresh`         | the next update is not overdue                                                    |
 * | `market_closed` | nor is it here, and the market is closed: its silence is as it should be          |
 * | `stale`         | the next update is overdue, or the value has not changed for too long             |
 * | `expired`       | so many updates are overdue that the price is not to be used                      |
 * | `unknown`       | nothing came yet, its time lies in the future, or its market's hours are unknown  |
 *
 * A market that is closed excuses nothing that was due before: a price of Monday is stale on Wednesday night.
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
  /** The event time, or now when that is a little ahead of it. */
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
