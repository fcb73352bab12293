import { type Clock, type EpochMs, within } from '../clock.ts'
import { MAX_FEEDS } from '../limits.ts'
import { FEED_GRADES, type FeedObservation, type FeedsSource } from '../ports/feeds.ts'
import type { Logger } from '../ports/logger.ts'
import type { Redact } from '../redact/redact.ts'
import { createToLabel } from '../redact/to-label.ts'
import { type FeedTerms, toObservation, toVerdict, UNKNOWN_VERDICT, withoutNumbers } from './check-feed.ts'
import type { JudgedFeed, JudgedFeeds } from './read-feeds.ts'

/** Reads the host's feeds, within a snapshot's own unit of work. */
export interface FeedsReader<S> {
  /** Never rejects, and takes no longer than the source's time limit. */
  read(session: S, asOf: EpochMs): Promise<JudgedFeeds>
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
  if (source === null) return { read: async () => ({ feeds: [], error: null, words: [] }) }
  const { read, words = [], attributes, reasons, groups, timeoutMs = DEFAULT_TIMEOUT_MS } = source
  const judge = source.judge.bind(source)
  const declared = { words, ...(attributes && { attributes }), ...(reasons && { reasons }), ...(groups && { groups }) }
  const terms: FeedTerms = {
    statuses: new Set([...FEED_GRADES, ...words.map(({ word }) => word)]),
    reasons: new Set(reasons?.map(({ code }) => code)),
    attributes: attributes ?? [],
    // Apart from the names of feeds: there are few texts, and they come again with every feed.
    toText: createToLabel(redact),
  }
  const toLabel = createToLabel(redact)
  let isBusy = false

  async function ask(session: S, asOf: EpochMs, signal: AbortSignal): Promise<JudgedFeeds> {
    isBusy = true
    try {
      return await judgeAll(pagesOf(read(session, { asOf, signal })), asOf)
    } catch (error) {
      logger.error({ err: error }, 'The feeds could not be read')
      return { feeds: null, error: 'FEEDS_FAILED', ...declared }
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

  async function judgeAll(pages: AsyncIterable<readonly FeedObservation[]>, asOf: EpochMs): Promise<JudgedFeeds> {
    const feeds: JudgedFeed[] = []
    for await (const page of pages) {
      const count = feeds.length + page.length
      if (count > MAX_FEEDS) return invalid({ feeds: count })
      for (const observation of page) {
        const feed = judged(observation, asOf)
        if (feed === null) return invalid({ at: feeds.length })
        feeds.push(feed)
      }
    }
    const unknown = feeds.filter(({ verdict }) => verdict === UNKNOWN_VERDICT)
    if (unknown.length > 0) {
      const names = unknown.slice(0, MOST_NAMED).map(({ observation }) => observation.feed)
      logger.error({ feeds: names, count: unknown.length }, 'Feeds with an impossible number are unknown')
    }
    return { feeds, error: null, ...declared }
  }

  function invalid(what: object): JudgedFeeds {
    logger.error(what, 'A feed is invalid, or there are too many')
    return { feeds: null, error: 'FEEDS_INVALID', ...declared }
  }

  function labelled({ observation, verdict }: JudgedFeed): JudgedFeed {
    const { provider, feed } = observation
    return { observation: { ...observation, provider: toLabel(provider), feed: toLabel(feed) }, verdict }
  }

  return {
    async read(session, asOf) {
      if (isBusy) return { feeds: null, error: 'FEEDS_TIMED_OUT', ...declared }
      const over = new AbortController()
      const asking = ask(session, asOf, over.signal)
      const isInTime = await within(clock, timeoutMs, asking)
      if (isInTime) return asking
      over.abort()
      logger.warn({ timeoutMs }, 'The feeds took too long to be read')
      return { feeds: null, error: 'FEEDS_TIMED_OUT', ...declared }
    },
  }
}

/** Long enough for ten thousand feeds, and shorter than the second that the probes wait for a snapshot. */
const DEFAULT_TIMEOUT_MS = 750
const MOST_NAMED = 20

type Read = ReturnType<FeedsSource<never>['read']>

/** What a source answers, in pages: all of it is one. */
async function* pagesOf(read: Read): AsyncIterable<readonly FeedObservation[]> {
  if (Symbol.asyncIterator in read) yield* read
  else yield await read
}
