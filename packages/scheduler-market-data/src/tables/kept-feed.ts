import type { EpochMs } from '@pm/scheduler-core'

import type { StoredFeed } from '../feeds/create-feeds.ts'
import type { KeptLateness, LateSpan } from '../freshness/measure-lateness.ts'
import { UNKNOWN_INSTRUMENT } from '../quote/instrument-facts.ts'
import type { ExtendedPrice } from '../quote/quote.ts'
import { readExtended } from './extended-price.ts'
import { type FeedFacts, readFeedFacts } from './feed-facts.ts'
import { numbers, spans, type TextRow, text } from './read-rows.ts'
import { MAX_SPANS } from './save-statement.ts'

/** What the tables keep of a polled symbol: the feed of the provider that delivered it last, and who refused it. */
export interface KeptFeed extends Omit<StoredFeed, keyof FeedFacts>, Omit<FeedFacts, 'refusedCode'> {
  /** When a provider was last asked for it. */
  readonly askedAt: EpochMs | null
  /** When a provider last answered about it, with a price or without. */
  readonly answeredAt: EpochMs | null
  /** The first try since the last price that brought none; `null` when the last one did. */
  readonly missingSince: EpochMs | null
  /** How often this provider was asked in vain since its last price. */
  readonly unansweredAsks: number
  /** Of each provider whose last try brought no price, the code of it, in the order of the providers. */
  readonly attempts: readonly KeptAttempt[]
  /** The latest price before or after the session, if the provider sent one with its latest price. */
  readonly extended: ExtendedPrice | null
}

export interface KeptAttempt {
  readonly provider: string
  readonly code: string
  readonly at: EpochMs
  /** Until when the provider is not asked; `null` when that is unknown, or the next poll asks it. */
  readonly until: EpochMs | null
}

/**
 * Reads rows of `feedStatement`: each is the feed of one provider. `keepsLateness`: whether those who save quotes say by
 * when the next one is due.
 */
export function createFeedRowReader(keepsLateness: boolean): (row: TextRow) => KeptFeed {
  const known = new Map<string, FeedFacts>()
  function factsOf(list: string): FeedFacts {
    const facts = known.get(list) ?? readFeedFacts(list)
    known.set(list, facts)
    return facts
  }

  return (row) => {
    const provider = text(row, 'provider')
    const [eventAt = null, fetchedAt = null, changedAt = null, since = null, askedAt = null, ...rest] = numbers(
      row,
      'numbers',
    )
    const [answeredAt = null, refusedAt = null, until = null, missingSince = null, unansweredAsks, dueBy = null] = rest
    const { currency, eventTimePrecision, instrument, refusedCode } = factsOf(text(row, 'facts'))
    return {
      provider,
      feed: text(row, 'symbol'),
      eventAt,
      fetchedAt,
      changedAt,
      since,
      askedAt,
      answeredAt,
      missingSince,
      unansweredAsks: unansweredAsks ?? 0,
      arrivals: NO_ARRIVALS,
      lateness: keepsLateness ? toLateness(spans(row, 'late'), { eventAt, dueBy }) : null,
      attempts: toAttempts({ provider, code: refusedCode, at: refusedAt, until, fetchedAt }),
      extended: readExtended(row),
      currency,
      eventTimePrecision,
      instrument,
    }
  }
}

const NO_ARRIVALS: StoredFeed['arrivals'] = Object.freeze([])

/** `null` where a price has no due instant: the hours of its market are unknown. */
function toLateness(late: readonly LateSpan[], { eventAt, dueBy }: DueTimes): KeptLateness | null {
  if (dueBy === null && eventAt !== null) return null
  return { dueBy, spans: late, knownFrom: late.length < MAX_SPANS ? null : (late[0]?.from ?? null) }
}

interface DueTimes {
  readonly eventAt: EpochMs | null
  readonly dueBy: EpochMs | null
}

function toAttempts({ provider, code, at, until, fetchedAt }: LastRefusal): readonly KeptAttempt[] {
  const isOver = code === null || at === null || (fetchedAt !== null && fetchedAt >= at)
  return isOver ? NO_ATTEMPTS : [{ provider, code, at, until }]
}

const NO_ATTEMPTS: readonly KeptAttempt[] = Object.freeze([])

interface LastRefusal {
  readonly provider: string
  readonly code: string | null
  readonly at: EpochMs | null
  readonly until: EpochMs | null
  readonly fetchedAt: EpochMs | null
}

/** The feed of a symbol from those of all its providers, of which the first delivered last. */
export function toKeptFeed(
  feeds: readonly [KeptFeed, ...KeptFeed[]],
  /** The order of the attempts. */
  providers: readonly string[],
): KeptFeed {
  const [first] = feeds
  if (feeds.length === 1) return first
  return {
    ...first,
    askedAt: latest(feeds.map(({ askedAt }) => askedAt)),
    answeredAt: latest(feeds.map(({ answeredAt }) => answeredAt)),
    attempts: feeds
      .flatMap(({ attempts }) => attempts)
      .toSorted((a, b) => providers.indexOf(a.provider) - providers.indexOf(b.provider)),
  }
}

/** The feed of a symbol that nobody was asked for yet. */
export function unaskedFeed(feed: string, provider: string): KeptFeed {
  return { provider, feed, ...UNASKED }
}

const UNASKED = Object.freeze({
  ...{
    eventAt: null,
    fetchedAt: null,
    changedAt: null,
    since: null,
    askedAt: null,
    answeredAt: null,
    missingSince: null,
  },
  ...{ arrivals: NO_ARRIVALS, lateness: null, extended: null, unansweredAsks: 0, attempts: NO_ATTEMPTS },
  ...{ currency: null, eventTimePrecision: null },
  instrument: UNKNOWN_INSTRUMENT,
}) satisfies Omit<KeptFeed, 'provider' | 'feed'>

function latest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  return instants.reduce((last, at) => (last === null || (at !== null && at > last) ? at : last), null)
}
