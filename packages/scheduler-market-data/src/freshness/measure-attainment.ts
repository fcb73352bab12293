import type { EpochMs } from '@pm/scheduler-core'

import { type FeedArrival, isKnown, nextDueBy } from './due-by.ts'
import type { FreshnessRule, KnownHoursRule } from './freshness-rule.ts'

export interface FreshnessAttainmentInput {
  /** In any order. Those before the window determine whether an answer was overdue at its start. */
  readonly arrivals: readonly FeedArrival[]
  /** When the feed was first asked for. No update is expected before this instant. */
  readonly since: EpochMs
  readonly asOf: EpochMs
  readonly windowMs: number
  readonly rule: FreshnessRule
}

export interface FreshnessAttainment {
  /** Updates that were due in the window. */
  readonly expected: number
  /** How many of these came in time. */
  readonly inTime: number
}

/**
 * Counts how many of the updates that were due in `(asOf - windowMs, asOf]` came in time: those at whose due instant no
 * answer was overdue, by the rule that judges the feed now. It measures the provider and who asks it: a market that does
 * not move is no miss where the provider was asked and answered in time (see `nextDueBy`). An answer with an older price
 * than the one before it is none.
 *
 * Samples every n-th due instant, so that it examines about 1,000 at most. `null` when the hours of the market are
 * unknown: then nobody knows what was due. Pure.
 */
export function measureAttainment(
  input: FreshnessAttainmentInput & { readonly rule: KnownHoursRule },
): FreshnessAttainment
export function measureAttainment(input: FreshnessAttainmentInput): FreshnessAttainment | null
export function measureAttainment({
  arrivals,
  since,
  asOf,
  windowMs,
  rule,
}: FreshnessAttainmentInput): FreshnessAttainment | null {
  if (!isKnown(rule)) return null
  const fetched = arrivals.toSorted((a, b) => a.fetchedAt - b.fetchedAt)
  let next = 0
  let latest: FeedArrival | null = null
  let dueBy: EpochMs | null = null
  let expected = 0
  let inTime = 0
  for (const instant of dueInstants({ after: Math.max(asOf - windowMs, since), upTo: asOf, rule })) {
    const before: FeedArrival | null = latest
    for (let arrival = fetched[next]; arrival && arrival.fetchedAt <= instant; arrival = fetched[++next]) {
      latest = laterOf(latest, arrival, rule)
    }
    if (latest !== before && latest !== null) {
      const arrival: FeedArrival = latest
      dueBy = nextDueBy({ ...arrival, eventAt: Math.min(arrival.eventAt, instant) }, rule) ?? Infinity
    }
    expected++
    if (dueBy !== null && instant < dueBy) inTime++
  }
  return { expected, inTime }
}

/** The arrival, unless it has an older price, or one with a time in the future. */
function laterOf(latest: FeedArrival | null, arrival: FeedArrival, rule: FreshnessRule): FeedArrival | null {
  const { eventAt, fetchedAt } = arrival
  const counts = eventAt <= fetchedAt + rule.futureToleranceMs && (latest === null || eventAt >= latest.eventAt)
  return counts ? arrival : latest
}

export interface DueSpan {
  readonly after: EpochMs
  readonly upTo: EpochMs
  readonly rule: KnownHoursRule
}

/** The instants in `(after, upTo]` by which an update is due. */
export function* dueInstants({ after, upTo, rule }: DueSpan): Generator<EpochMs, void, void> {
  const { calendar, every, graceMs } = rule
  if (every === 'trading-day') {
    // Looks one day further to see whether a session is the last of its trading day.
    const sessions = calendar.sessionsBetween(after - graceMs - 1, upTo + 86_400_000)
    for (const [index, { day, closesAt }] of sessions.entries()) {
      const dueAt = closesAt + graceMs
      if (sessions[index + 1]?.day !== day && dueAt > after && dueAt <= upTo) yield dueAt
    }
    return
  }
  const step = every * Math.max(1, Math.ceil((upTo - after) / every / MAX_CHECKS))
  for (const { opensAt, closesAt } of calendar.sessionsBetween(after, upTo)) {
    const first = opensAt + Math.max(1, Math.floor((after - opensAt) / step) + 1) * step
    // A session that is shorter than the interval still has one update due, by its end.
    if (first > closesAt && opensAt + step > closesAt && closesAt > after && closesAt <= upTo) yield closesAt
    for (let dueAt = first; dueAt <= Math.min(closesAt, upTo); dueAt += step) yield dueAt
  }
}

const MAX_CHECKS = 1_000
