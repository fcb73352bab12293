import type { EpochMs } from '../clock.ts'
import { percentOf } from '../metrics/percent.ts'
import { FEED_GRADES, type FeedObservation, type FeedVerdict, type FeedWord } from '../ports/feeds.ts'
import type { FeedCounts, FeedReading, FeedsErrorCode, FeedsReading } from '../reading/snapshot.ts'

/** What the host's reader and judge made of its feeds, or the code of why there is nothing; and its words. */
export type JudgedFeeds = { readonly words: readonly FeedWord[] } & (
  | { readonly feeds: readonly JudgedFeed[]; readonly error: null }
  | { readonly feeds: null; readonly error: FeedsErrorCode }
)

export interface JudgedFeed {
  readonly observation: FeedObservation
  readonly verdict: FeedVerdict
}

/** How fresh the feeds are at an instant: their age is that of the event, whenever it was fetched. Pure. */
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

/** A provider's clock may be ahead of ours by a little, which makes nothing younger than new; by much, and nobody knows. */
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
