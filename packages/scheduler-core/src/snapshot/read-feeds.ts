import type { EpochMs } from '../clock.ts'
import { percentOf } from '../metrics/percent.ts'
import { FEED_GRADES, type FeedObservation, type FeedVerdict, type FeedWord } from '../ports/feeds.ts'
import type { FeedCounts, FeedReading, FeedsErrorCode, FeedsReading } from '../reading/snapshot.ts'

/** The host's feeds with their verdicts, or the code of the failure; and the words of its source. */
export type JudgedFeeds = { readonly words: readonly FeedWord[] } & (
  | { readonly feeds: readonly JudgedFeed[]; readonly error: null }
  | { readonly feeds: null; readonly error: FeedsErrorCode }
)

export interface JudgedFeed {
  readonly observation: FeedObservation
  readonly verdict: FeedVerdict
}

/** The freshness of the feeds at an instant. The age is that of the event, not of the fetch. Pure. */
export function readFeeds({ feeds, error, words }: JudgedFeeds, asOf: EpochMs): FeedsReading {
  const items = feeds?.map((feed) => readFeed(feed, asOf)) ?? null
  return { items, error, counts: countByStatus(items, words), words }
}

function readFeed({ observation, verdict }: JudgedFeed, asOf: EpochMs): FeedReading {
  const { provider, feed, eventAt, fetchedAt, changedAt, attainment = null } = observation
  const { status, expectedBy } = verdict
  const attainmentPct = attainment && percentOf(attainment.inTime, attainment.expected)
  const times = { eventAt, fetchedAt, changedAt, expectedBy }
  return { provider, feed, status, ...times, ageMs: ageOf({ eventAt, status, asOf }), attainmentPct }
}

/** The age of a feed. A provider's clock that is a little ahead of ours gives 0; one that is far ahead, `null`. */
function ageOf({ eventAt, status, asOf }: AgedFeed): number | null {
  if (eventAt === null || (eventAt > asOf && status === 'unknown')) return null
  return Math.max(0, asOf - eventAt)
}

interface AgedFeed {
  readonly eventAt: EpochMs | null
  readonly status: string
  readonly asOf: EpochMs
}

function countByStatus(items: readonly FeedReading[] | null, words: readonly FeedWord[]): FeedCounts {
  const statuses = [...FEED_GRADES, ...words.map(({ word }) => word)]
  const count = (status: string) => items?.filter((item) => item.status === status).length ?? null
  const counts = Object.fromEntries(statuses.map((status) => [status, count(status)]))
  return { ...(counts as FeedCounts), total: items?.length ?? null }
}
