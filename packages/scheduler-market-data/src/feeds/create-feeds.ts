import type {
  EpochMs,
  FeedAttributes,
  FeedGroup,
  FeedObservation,
  FeedsSource,
  ReadFeedsInput,
} from '@pm/scheduler-core'

import { LONGEST_CLOSURE_MS } from '../calendar/longest-closure.ts'
import { type FeedArrival, isKnown } from '../freshness/due-by.ts'
import { FEED_REASONS } from '../freshness/feed-reasons.ts'
import { MARKET_CLOSED } from '../freshness/feed-status.ts'
import type { FreshnessRule } from '../freshness/freshness-rule.ts'
import { judgeFreshness } from '../freshness/judge-freshness.ts'
import { measureAttainment } from '../freshness/measure-attainment.ts'
import { createLatenessMeasure, type KeptLateness, type LatenessMeasure } from '../freshness/measure-lateness.ts'
import { wholeNumber } from '../options/check-option.ts'
import type { InstrumentFacts } from '../quote/instrument-facts.ts'
import type { EventTimePrecision, ExtendedPrice } from '../quote/quote.ts'
import { createVenues, type Venues } from '../venue/create-venues.ts'
import type { Venue } from '../venue/venue.ts'
import { precisionAt } from '../venue/venue-freshness.ts'
import { attributesOf, FEED_ATTRIBUTES, ruleAttributesOf } from './feed-attributes.ts'

export interface FeedsOptions<S> {
  /**
   * Reads what the host stores of every feed, in the snapshot's own session, at once or in pages. Includes feeds that
   * never delivered.
   */
  readonly load: (
    session: S,
    input: LoadFeedsInput,
  ) => Promise<readonly StoredFeed[]> | AsyncIterable<readonly StoredFeed[]>
  /**
   * The rule that judges a feed, by its venue: `venueFreshness({ every: 60_000 })`. Called for every feed of every
   * snapshot, so create the rules once.
   */
  readonly ruleOf: (venue: Venue, feed: FeedName) => FreshnessRule
  /** Where instruments are traded (default by what the providers say, and the rules for symbols). */
  readonly venues?: Venues
  /** What matters to `/health/data` (default: all feeds, of which none may be expired or unknown). */
  readonly groups?: readonly FeedGroup[]
  /** The window of attainment (default 24 hours). */
  readonly windowMs?: number
  /** How long `load` may take, and the judging of its pages (default 750, which ten thousand feeds need a third of). */
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

/** What a host stores of a feed. What may be left out is unknown then, and no reason is given that would need it. */
export interface StoredFeed
  extends FeedName,
    Pick<FeedObservation, 'eventAt' | 'fetchedAt' | 'changedAt'>,
    Pick<FeedObservation, 'askedAt' | 'answeredAt' | 'missingSince' | 'unansweredAsks' | 'attempts'> {
  /** When the feed was first asked for; `null` when it never delivered. */
  readonly since: EpochMs | null
  /** The answers with a price in the window, new or not, and the last one before it. Not needed where lateness is kept. */
  readonly arrivals: readonly FeedArrival[]
  /** When its updates were late, as `createQuoteTables` keeps it; `null` when nobody knows (default: see the arrivals). */
  readonly lateness?: KeptLateness | null
  /** The currency of its latest price, as the provider writes it. */
  readonly currency?: string | null
  /** What the provider said of the instrument with its latest price. */
  readonly instrument?: InstrumentFacts | null
  readonly eventTimePrecision?: EventTimePrecision | null
  /** The latest price before or after the session, where the provider sends one. */
  readonly extended?: ExtendedPrice | null
}

/** An observation with what the verdict is made of. */
interface ObservedFeed extends FeedObservation {
  readonly venue: Venue
  readonly rule: FreshnessRule
  readonly eventTimePrecision: EventTimePrecision
}

interface AttainmentContext {
  readonly asOf: EpochMs
  readonly rule: FreshnessRule
  readonly kept: LatenessMeasure
  readonly eventTimePrecision: EventTimePrecision
}

/**
 * The feeds of a scheduler's snapshot, computed from the host's stored feeds: `createScheduler({ feeds: createFeeds(…)
 * })`. Throws `INVALID_OPTIONS`.
 */
export function createFeeds<S>(options: FeedsOptions<S>): FeedsSource<S, typeof MARKET_CLOSED.word> {
  const { load, ruleOf, groups, venues = createVenues(), windowMs = 86_400_000, timeoutMs } = options
  wholeNumber({ path: 'windowMs', value: windowMs, from: 1_000 })
  if (timeoutMs !== undefined) wholeNumber({ path: 'timeoutMs', value: timeoutMs, from: 1 })

  function observe(stored: StoredFeed, asOf: EpochMs, kept: LatenessMeasure): ObservedFeed {
    const venue = venues.venueOf(stored.feed, stored.instrument)
    const rule = ruleOf(venue, stored)
    const attributes = attributesOf(stored, venue)
    const eventTimePrecision = precisionAt(venue, stored.eventTimePrecision ?? 'exact')
    const attainment = attainmentOf(stored, { asOf, rule, kept, eventTimePrecision })
    return { ...stored, attainment, attributes, venue, rule, eventTimePrecision }
  }

  function attainmentOf({ since, arrivals: came, lateness, eventAt }: StoredFeed, context: AttainmentContext) {
    const { asOf, rule, kept, eventTimePrecision } = context
    if (since === null || lateness === null || !isKnown(rule)) return null
    if (lateness !== undefined) return kept.of({ eventAt, lateness, since, rule })
    const arrivals = eventTimePrecision === 'exact' ? came : came.map((one) => ({ ...one, eventTimePrecision }))
    return measureAttainment({ arrivals, since, asOf, windowMs, rule })
  }

  /** Thousands of feeds have one rule: what it tells is found out once for an instant. */
  const told = new WeakMap<FreshnessRule, { readonly asOf: EpochMs; readonly attributes: FeedAttributes }>()
  function toldOf(rule: FreshnessRule, asOf: EpochMs): FeedAttributes {
    const known = told.get(rule)
    if (known?.asOf === asOf) return known.attributes
    const attributes = ruleAttributesOf(rule, asOf)
    told.set(rule, { asOf, attributes })
    return attributes
  }

  return Object.freeze({
    read(session: S, input: ReadFeedsInput) {
      const { asOf } = input
      const windowFrom = asOf - windowMs
      const kept = createLatenessMeasure({ asOf, windowMs })
      const observeAll = (page: readonly StoredFeed[]) => page.map((feed) => observe(feed, asOf, kept))
      const loaded = load(session, { ...input, windowFrom, arrivalsFrom: windowFrom - LONGEST_CLOSURE_MS })
      return Symbol.asyncIterator in loaded ? eachPage(loaded, observeAll) : loaded.then(observeAll)
    },
    words: [MARKET_CLOSED],
    reasons: FEED_REASONS,
    attributes: FEED_ATTRIBUTES,
    ...(groups !== undefined && { groups }),
    judge(feed: ObservedFeed, asOf: EpochMs) {
      const { rule, venue } = feed
      const { status, reason, expectedBy } = judgeFreshness({ ...feed, marketState: venue.marketState }, { asOf, rule })
      return { status, reason, expectedBy, attributes: toldOf(rule, asOf) }
    },
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
}

async function* eachPage<A, B>(pages: AsyncIterable<A>, change: (page: A) => B): AsyncIterable<B> {
  for await (const page of pages) yield change(page)
}
