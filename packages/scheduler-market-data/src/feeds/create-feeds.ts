import type { EpochMs, FeedObservation, FeedsSource, ReadFeedsInput } from '@pm/scheduler-core'

import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import { MARKET_CLOSED } from '../freshness/feed-status.ts'
import type { FreshnessRule } from '../freshness/freshness-rule.ts'
import { judgeFreshness } from '../freshness/judge-freshness.ts'
import { type FeedArrival, measureAttainment } from '../freshness/measure-attainment.ts'
import { createLatenessMeasure, type KeptLateness, type LatenessMeasure } from '../freshness/measure-lateness.ts'
import { wholeNumber } from '../options/check-option.ts'

export interface FeedsOptions<S> {
  /** Reads what the host stores of every feed, in the snapshot's own session. Includes feeds that never delivered. */
  readonly load: (session: S, input: LoadFeedsInput) => Promise<readonly StoredFeed[]>
  /** The rule that judges a feed. Called for every feed of every snapshot, so create the rules once. */
  readonly ruleOf: (feed: FeedName) => FreshnessRule
  /** The window of attainment (default 24 hours). */
  readonly windowMs?: number
  /** How long `load` may take (default 150). */
  readonly timeoutMs?: number
}

export interface LoadFeedsInput extends ReadFeedsInput {
  /** The start of the window of attainment. */
  readonly windowFrom: EpochMs
  /** Arrivals before this instant are not needed: no market stays closed from here to the start of the window. */
  readonly arrivalsFrom: EpochMs
}

export interface FeedName {
  readonly provider: string
  /** The symbol of the feed. */
  readonly feed: string
}

/** What a host stores of a feed. */
export interface StoredFeed extends FeedName, Pick<FeedObservation, 'eventAt' | 'fetchedAt' | 'changedAt'> {
  /** When the feed was first asked for; `null` when it never delivered. */
  readonly since: EpochMs | null
  /** The arrivals in the window, and the last one before it. Not needed where lateness is kept. */
  readonly arrivals: readonly FeedArrival[]
  /** When its updates were late, as `createQuoteTables` keeps it; `null` when nobody knows (default: see the arrivals). */
  readonly lateness?: KeptLateness | null
}

/**
 * The feeds of a scheduler's snapshot, computed from the host's stored feeds: `createScheduler({ feeds: createFeeds(…)
 * })`. Throws `INVALID_OPTIONS`.
 */
export function createFeeds<S>(options: FeedsOptions<S>): FeedsSource<S, typeof MARKET_CLOSED.word> {
  const { load, ruleOf, windowMs = 86_400_000, timeoutMs } = options
  wholeNumber({ path: 'windowMs', value: windowMs, from: 1_000 })
  if (timeoutMs !== undefined) wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1 })

  function observe(stored: StoredFeed, asOf: EpochMs, kept: LatenessMeasure): FeedObservation {
    const { since, arrivals, lateness, ...feed } = stored
    if (since === null || lateness === null) return { ...feed, attainment: null }
    const rule = ruleOf(feed)
    if (lateness !== undefined) return { ...feed, attainment: kept.of({ ...feed, lateness, since, rule }) }
    return { ...feed, attainment: measureAttainment({ arrivals, since, asOf, windowMs, rule }) }
  }

  return Object.freeze({
    async read(session: S, input: ReadFeedsInput) {
      const { asOf } = input
      const windowFrom = asOf - windowMs
      const stored = await load(session, { ...input, windowFrom, arrivalsFrom: windowFrom - LONGEST_CLOSURE_MS })
      const kept = createLatenessMeasure({ asOf, windowMs })
      return stored.map((feed) => observe(feed, asOf, kept))
    },
    words: [MARKET_CLOSED],
    judge: (feed: FeedObservation, asOf: EpochMs) => judgeFreshness(feed, { asOf, rule: ruleOf(feed) }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
}
