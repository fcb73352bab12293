import * as z from 'zod'

import { type Clock, type EpochMs, within } from '../clock.ts'
import { FEED_GRADES, type FeedObservation, type FeedsSource } from '../ports/feeds.ts'
import type { Logger } from '../ports/logger.ts'
import type { Redact } from '../redact/redact.ts'
import { createToLabel } from '../redact/to-label.ts'
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
  const { read, judge, words = [], timeoutMs = 150 } = source
  const judgedFeeds = z.array(judgedFeedOf([...FEED_GRADES, ...words.map(({ word }) => word)]))
  const toLabel = createToLabel(redact)
  let isBusy = false

  async function ask(session: S, asOf: EpochMs, signal: AbortSignal): Promise<JudgedFeeds> {
    isBusy = true
    try {
      const observations = await read(session, { asOf, signal })
      return check(observations.map((observation) => judged(observation, asOf)))
    } catch (error) {
      logger.error({ err: error }, 'The feeds could not be read')
      return { feeds: null, error: 'FEEDS_FAILED', words }
    } finally {
      isBusy = false
    }
  }

  /** The judge gets a copy, which is checked together with the verdict. */
  function judged(observation: FeedObservation, asOf: EpochMs): JudgedFeed {
    const copy = { ...observation }
    return { observation: copy, verdict: judge(copy, asOf) }
  }

  function check(feeds: readonly JudgedFeed[]): JudgedFeeds {
    const result = judgedFeeds.safeParse(feeds)
    if (result.success) return { feeds: feeds.map(labelled), error: null, words }
    const at = result.error.issues[0]?.path.join('.')
    logger.error({ at }, 'A feed has an invalid value')
    return { feeds: null, error: 'FEEDS_INVALID', words }
  }

  function labelled({ observation, verdict }: JudgedFeed): JudgedFeed {
    const { provider, feed } = observation
    return { observation: { ...observation, provider: toLabel(provider), feed: toLabel(feed) }, verdict }
  }

  return {
    async read(session, asOf) {
      if (isBusy) return { feeds: null, error: 'FEEDS_TIMED_OUT', words }
      const over = new AbortController()
      const asking = ask(session, asOf, over.signal)
      const isInTime = await within(clock, timeoutMs, asking)
      if (isInTime) return asking
      over.abort()
      logger.warn({ timeoutMs }, 'The feeds took too long to be read')
      return { feeds: null, error: 'FEEDS_TIMED_OUT', words }
    },
  }
}

const instant = z.number().nullable()

const judgedFeedOf = (statuses: readonly string[]) =>
  z.object({
    observation: z.object({
      provider: z.string(),
      feed: z.string(),
      eventAt: instant,
      fetchedAt: instant,
      changedAt: instant,
      attainment: z
        .object({ expected: z.int().nonnegative(), inTime: z.int().nonnegative() })
        .refine(({ expected, inTime }) => inTime <= expected)
        .nullable()
        .optional(),
    }),
    verdict: z.object({ status: z.enum(statuses), expectedBy: instant }),
  })
