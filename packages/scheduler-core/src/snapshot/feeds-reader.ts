import { type Clock, type EpochMs, within } from '../clock.ts'
import { MAX_FEEDS } from '../limits.ts'
import { FEED_GRADES, type FeedObservation, type FeedsSource } from '../ports/feeds.ts'
import type { Logger } from '../ports/logger.ts'
import type { FeedsErrorCode, FeedsReading } from '../reading/snapshot.ts'
import type { Redact } from '../redact/redact.ts'
import { createToLabel } from '../redact/to-label.ts'
import { type FeedTerms, toObservation, toVerdict, UNKNOWN_VERDICT, withoutNumbers } from './check-feed.ts'
import { createFeedsTally, type JudgedFeed, readFeeds } from './read-feeds.ts'

/** Reads the host's feeds, within a snapshot's own unit of work. */
export interface FeedsReader<S> {
  /** Never rejects, and takes no longer than the source's time limit. The answer is deep-frozen. */
  read(session: S, asOf: EpochMs): Promise<FeedsReading>
}

export interface FeedsReaderOptions<S> {
  /** `null` where the host has no feeds. */
  readonly source: FeedsSource<S, string> | null
  readonly clock: Clock
  readonly logger: Logger
  readonly redact: Redact
}

/** A reader that took too long is not asked again until it has ended, so that it holds at most one session. */
export function createFeedsReader<S>({ source, clock, logger, redact }: FeedsReaderOptions<S>): FeedsReader<S> {
  if (source === null) return { read: async (_session, asOf) => readFeeds({ feeds: [], error: null, words: [] }, asOf) }
  const { read, words = [], attributes, reasons, groups, timeoutMs = DEFAULT_TIMEOUT_MS } = source
  const judge = source.judge.bind(source)
  const declared = { words, ...(attributes && { attributes }), ...(reasons && { reasons }), ...(groups && { groups }) }
  const terms = termsOf(source, redact)
  const toLabel = createToLabel(redact)
  let isBusy = false

  async function ask(session: S, asOf: EpochMs, signal: AbortSignal): Promise<FeedsReading> {
    isBusy = true
    try {
      return await judgeAll(pagesOf(read(session, { asOf, signal })), asOf)
    } catch (error) {
      logger.error({ err: error }, 'The feeds could not be read')
      return unread('FEEDS_FAILED', asOf)
    } finally {
      isBusy = false
    }
  }

  /** `null` for a feed that is none; one with an impossible number is unknown. */
  function judged(given: FeedObservation, asOf: EpochMs): JudgedFeed | null {
    const { observation, isSound } = toObservation(given, terms)
    if (observation === null) return null
    const verdict = isSound ? toVerdict(judge(given, asOf), terms) : UNKNOWN_VERDICT
    if (verdict === null) return null
    return labelled({ observation: verdict === UNKNOWN_VERDICT ? withoutNumbers(observation) : observation, verdict })
  }

  async function judgeAll(pages: AsyncIterable<readonly FeedObservation[]>, asOf: EpochMs): Promise<FeedsReading> {
    const tally = createFeedsTally(declared, asOf)
    const unknown: string[] = []
    for await (const page of pages) {
      const count = tally.size + page.length
      if (count > MAX_FEEDS) return invalid({ feeds: count }, asOf)
      const feeds = page.map((observation) => judged(observation, asOf)).filter((feed) => feed !== null)
      if (feeds.length < page.length) return invalid({ invalid: page.length - feeds.length }, asOf)
      for (const name of unknownIn(feeds)) unknown.push(name)
      tally.add(feeds)
    }
    if (unknown.length > 0) {
      const named = { feeds: unknown.slice(0, MOST_NAMED), count: unknown.length }
      logger.error(named, 'Feeds with an impossible number are unknown')
    }
    return tally.read()
  }

  function invalid(what: object, asOf: EpochMs): FeedsReading {
    logger.error(what, 'A feed is invalid, or there are too many')
    return unread('FEEDS_INVALID', asOf)
  }

  function unread(error: FeedsErrorCode, asOf: EpochMs): FeedsReading {
    return readFeeds({ feeds: null, error, ...declared }, asOf)
  }

  function labelled({ observation, verdict }: JudgedFeed): JudgedFeed {
    const { provider, feed } = observation
    return { observation: { ...observation, provider: toLabel(provider), feed: toLabel(feed) }, verdict }
  }

  return {
    async read(session, asOf) {
      if (isBusy) return unread('FEEDS_TIMED_OUT', asOf)
      const over = new AbortController()
      const asking = ask(session, asOf, over.signal)
      const isInTime = await within(clock, timeoutMs, asking)
      if (isInTime) return asking
      over.abort()
      logger.warn({ timeoutMs }, 'The feeds took too long to be read')
      return unread('FEEDS_TIMED_OUT', asOf)
    },
  }
}

/** Long enough for ten thousand feeds, and shorter than the second that the probes wait for a snapshot. */
const DEFAULT_TIMEOUT_MS = 750
const MOST_NAMED = 20

function termsOf({ words = [], reasons, attributes = [] }: FeedsSource<never, string>, redact: Redact): FeedTerms {
  return {
    statuses: new Set([...FEED_GRADES, ...words.map(({ word }) => word)]),
    reasons: new Set(reasons?.map(({ code }) => code)),
    attributes,
    // Apart from the names of feeds: there are few texts, and they come again with every feed.
    toText: createToLabel(redact),
  }
}

/** The names of those with an impossible number. */
function unknownIn(feeds: readonly JudgedFeed[]): readonly string[] {
  return feeds.filter(({ verdict }) => verdict === UNKNOWN_VERDICT).map(({ observation }) => observation.feed)
}

type Read = ReturnType<FeedsSource<never>['read']>

/** What a source answers, in pages: all of it is one. */
async function* pagesOf(read: Read): AsyncIterable<readonly FeedObservation[]> {
  if (Symbol.asyncIterator in read) yield* read
  else yield await read
}
