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
import { deepFreeze } from './deep-freeze.ts'

/** What the source of the host's feeds declares. */
export interface DeclaredFeeds {
  readonly words: readonly FeedWord[]
  readonly attributes?: readonly FeedAttribute[]
  readonly reasons?: readonly FeedReason[]
  readonly groups?: readonly FeedGroup[] | null
}

/** The host's feeds with their verdicts, or the code of the failure; and what its source declares. */
export type JudgedFeeds = DeclaredFeeds &
  (
    | { readonly feeds: readonly JudgedFeed[]; readonly error: null }
    | { readonly feeds: null; readonly error: FeedsErrorCode }
  )

export interface JudgedFeed {
  readonly observation: FeedObservation
  readonly verdict: FeedVerdict
}

/** The freshness of the feeds at an instant, deep-frozen. The age is that of the event, not of the fetch. */
export function readFeeds(judged: JudgedFeeds, asOf: EpochMs): FeedsReading {
  const { feeds, error, ...declared } = judged
  if (feeds === null) return deepFreeze(unread(error, declared))
  const tally = createFeedsTally(declared, asOf)
  tally.add(feeds)
  return tally.read()
}

/** The same of feeds that come in pages: all work on a feed is done with its page, so that none is left for the end. */
export interface FeedsTally {
  readonly size: number
  add(page: readonly JudgedFeed[]): void
  /** Call it once, after the last page. */
  read(): FeedsReading
}

export function createFeedsTally({ groups, ...declared }: DeclaredFeeds, asOf: EpochMs): FeedsTally {
  const items: FeedReading[] = []
  const counts = statusesOf(declared.words).map((status) => ({ status, count: 0 }))
  const tallies = groups?.map((group) => createGroupTally(group, asOf))

  return {
    get size() {
      return items.length
    },
    add(page) {
      for (const feed of page) {
        const item = deepFreeze(readFeed(feed, asOf))
        items.push(item)
        for (const one of counts) if (one.status === item.status) one.count++
      }
      if (!tallies) return
      const views = page.map(viewOf)
      for (const tally of tallies) tally.add(views)
    },
    read() {
      const found = Object.fromEntries(counts.map(({ status, count }) => [status, count]))
      return deepFreeze({
        items,
        error: null,
        counts: { ...(found as FeedCounts), total: items.length },
        ...declared,
        ...(tallies && { groups: tallies.map((tally) => tally.read()) }),
      })
    },
  }
}

function unread(error: FeedsErrorCode, { groups, ...declared }: DeclaredFeeds): FeedsReading {
  const unknown = Object.fromEntries(statusesOf(declared.words).map((status) => [status, null]))
  const counts = { ...(unknown as FeedCounts), total: null }
  return { items: null, error, counts, ...declared, ...(groups && { groups: null }) }
}

function statusesOf(words: readonly FeedWord[]): readonly string[] {
  return [...FEED_GRADES, ...words.map(({ word }) => word)]
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

/** A feed as the functions of a group see it. */
function viewOf({ observation, verdict }: JudgedFeed): JudgedFeedView {
  return {
    ...observation,
    attributes: { ...observation.attributes, ...verdict.attributes },
    status: verdict.status,
    reason: verdict.reason ?? null,
  }
}

/** Counts how late the feeds of a group are. A group without feeds has none that are late. */
function createGroupTally(group: FeedGroup, asOf: EpochMs) {
  const { name, includes = everyFeed, isLate = isUnusable, mayBeLate = 0 } = group
  let [total, late, lateUnknown] = [0, 0, 0]
  return {
    add(page: readonly JudgedFeedView[]) {
      const members = page.filter((feed) => includes(feed))
      const behind = members.filter((feed) => isLate(feed, asOf))
      total += members.length
      late += behind.length
      lateUnknown += behind.filter(({ status }) => status === 'unknown').length
    },
    read: (): FeedGroupReading => ({ name, total, late, lateUnknown, mayBeLate }),
  }
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
