import type { EpochMs } from '@pm/scheduler-core'

import { updateDueBy } from './due-by.ts'
import type { FreshnessRule } from './freshness-rule.ts'

/** Something that a feed delivered: its own time, and when it was first here. */
export interface FeedArrival {
  readonly eventAt: EpochMs
  readonly fetchedAt: EpochMs
}

export interface FreshnessAttainmentInput {
  /** In any order; those before the window count for its beginning. */
  readonly arrivals: readonly FeedArrival[]
  /** Nothing was expected before this instant, at which the feed was first asked for. */
  readonly since: EpochMs
  readonly asOf: EpochMs
  readonly windowMs: number
  readonly rule: FreshnessRule
}

export interface FreshnessAttainment {
  /** Updates that were due in the window. */
  readonly expected: number
  /** Those of them that had come in time. */
  readonly inTime: number
}

/**
 * How many of the updates that were due in `(asOf - windowMs, asOf]` had come in time: whether, at the instant of each,
 * the feed was fresh and stayed so, by the very rule that judges it now. Of very many only every n-th is looked at, so
 * that no more than 1,000 or so are. Pure.
 */
export function measureAttainment({
  arrivals,
  since,
  asOf,
  windowMs,
  rule,
}: FreshnessAttainmentInput): FreshnessAttainment {
  const fetched = arrivals.toSorted((a, b) => a.fetchedAt - b.fetchedAt)
  let next = 0
  let latest: EpochMs | null = null
  let freshUntil: EpochMs | null = null
  let expected = 0
  let inTime = 0
  for (const instant of dueInstants({ after: Math.max(asOf - windowMs, since), upTo: asOf, rule })) {
    const before: EpochMs | null = latest
    for (let arrival = fetched[next]; arrival && arrival.fetchedAt <= instant; arrival = fetched[++next]) {
      const { eventAt, fetchedAt } = arrival
      // One that lies in the future is not known to be fresh.
      if (eventAt <= fetchedAt + rule.futureToleranceMs) latest = Math.max(latest ?? eventAt, eventAt)
    }
    if (latest !== before && latest !== null) freshUntil = updateDueBy(Math.min(latest, instant), 1, rule) ?? Infinity
    expected++
    if (freshUntil !== null && instant < freshUntil) inTime++
  }
  return { expected, inTime }
}

interface DueSpan {
  readonly after: EpochMs
  readonly upTo: EpochMs
  readonly rule: FreshnessRule
}

/** The instants of `(after, upTo]` by which an update has to be there. */
function* dueInstants({ after, upTo, rule }: DueSpan): Generator<EpochMs, void, void> {
  const { calendar, every, graceMs } = rule
  if (every === 'trading-day') {
    // A day further, to see whether a session is the last of its day.
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
    // A session that is shorter than that is due one update all the same, by its end.
    if (first > closesAt && opensAt + step > closesAt && closesAt > after && closesAt <= upTo) yield closesAt
    for (let dueAt = first; dueAt <= Math.min(closesAt, upTo); dueAt += step) yield dueAt
  }
}

const MAX_CHECKS = 1_000
