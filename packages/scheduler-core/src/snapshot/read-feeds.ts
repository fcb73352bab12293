import type { EpochMs } from '../clock.ts'
import { percentOf } from '../metrics/percent.ts'
import {
  FEED_GRADES,
  type FeedAttribute,
  type FeedGroup,
  type FeedObservation,
  type FeedReason,
  type FeedVerdict,
  type FeedWord,
  type JudgedFeedView,
} from '../ports/feeds.ts'
import type { FeedCounts, FeedGroupReading, FeedReading, FeedsErrorCode, FeedsReading } from '../reading/snapshot.ts'

/** The host's feeds with their verdicts, or the code of the failure; and what its source declares. */
export type JudgedFeeds = {
  readonly words: readonly FeedWord[]
  readonly attributes?: readonly FeedAttribute[]
  readonly reasons?: readonly FeedReason[]
  readonly groups?: readonly FeedGroup[] | null
} & (
  | { readonly feeds: readonly JudgedFeed[]; readonly error: null }
  | { readonly feeds: null; readonly error: FeedsErrorCode }
)

export interface JudgedFeed {
  readonly observation: FeedObservation
  readonly verdict: FeedVerdict
}

/** The freshness of the feeds at an instant. The age is that of the event, not of the fetch. Pure. */
export function readFeeds(judged: JudgedFeeds, asOf: EpochMs): FeedsReading {
  const { feeds, error, words, attributes, reasons, groups } = judged
  const items = feeds?.map((feed) => readFeed(feed, asOf)) ?? null
  const counts = countByStatus(items, words)
  const declared = { ...(attributes && { attributes }), ...(reasons && { reasons }) }
  return {
    items,
    error,
    counts,
    words,
    ...declared,
    ...(groups && { groups: feeds && readGroups(groups, feeds, asOf) }),
  }
}

function readFeed({ observation, verdict }: JudgedFeed, asOf: EpochMs): FeedReading {
  const { attainment = null, attributes, ...observed } = observation
  const { status, expectedBy, reason = null } = verdict
  const attainmentPct = attainment && percentOf(attainment.inTime, attainment.expected)
  const { askedAt = null, answeredAt = null, missingSince = null, unansweredAsks = null } = observed
  return {
    ...observed,
    askedAt,
    answeredAt,
    missingSince,
    unansweredAsks,
    status,
    reason,
    expectedBy,
    ageMs: ageOf({ eventAt: observed.eventAt, status, asOf }),
    attainmentPct,
    attributes: { ...attributes, ...verdict.attributes },
  }
}

/** How late the feeds of each group are. A group without feeds has none that are late. */
function readGroups(
  groups: readonly FeedGroup[],
  feeds: readonly JudgedFeed[],
  asOf: EpochMs,
): readonly FeedGroupReading[] {
  const views = feeds.map(({ observation, verdict }) => ({
    ...observation,
    attributes: { ...observation.attributes, ...verdict.attributes },
    status: verdict.status,
    reason: verdict.reason ?? null,
  }))
  return groups.map(({ name, includes = everyFeed, isLate = isUnusable, mayBeLate = 0 }) => {
    const members = views.filter((feed) => includes(feed))
    const late = members.filter((feed) => isLate(feed, asOf))
    const lateUnknown = late.filter(({ status }) => status === 'unknown').length
    return { name, total: members.length, late: late.length, lateUnknown, mayBeLate }
  })
}

function everyFeed(): boolean {
  return true
}

/** A feed that is merely stale has a value that may be used. */
function isUnusable({ status }: JudgedFeedView): boolean {
  return status === 'expired' || status === 'unknown'
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
