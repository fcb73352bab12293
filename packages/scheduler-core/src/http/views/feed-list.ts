import type { FeedGroupView, FreshnessView, ListedFeedView } from '../../contract/freshness.ts'
import type { AskedFeeds } from '../../contract/list-requests.ts'
import { metricScopeOf, narrow } from '../../metrics/scope.ts'
import { isGroupOk } from '../../reading/feed-groups.ts'
import { contains } from '../../reading/job-filter.ts'
import type { FeedGroupReading, FeedReading, FeedsReading, SnapshotReading } from '../../reading/snapshot.ts'
import { feedBlock } from '../../status/blocks.ts'
import { freshnessHeadView } from '../../status/freshness-view.ts'
import { FEED_ORDERS } from '../../status/orders.ts'
import { attributeInJson } from '../../view/attribute-fields.ts'
import { explained } from './explained.ts'
import { isoOrNull } from './job-view.ts'
import { keyIn } from './key-in.ts'
import { pageOf } from './page-of.ts'

const DEFAULT_LIMIT = 100

/** A page of the feeds. Only those on the page are projected. */
export function toFreshness(reading: SnapshotReading, query: AskedFeeds): FreshnessView {
  const head = freshnessHeadView.project(reading)
  const about = { reading, audience: 'market-data' } as const
  const { feeds: all } = reading.snapshot
  const { items: feeds, attributes = [] } = all
  const groups = all.groups?.map(toGroup) ?? null
  if (feeds === null) {
    const nothing = { total: null, items: null, reasons: {}, groups, next_cursor: null }
    return { ...head, ...nothing, ...explained(query.explain, about) }
  }
  const { limit = DEFAULT_LIMIT, cursor, order = 'lateness' } = query
  const scope = metricScopeOf(reading)
  const filters = attributes.filter(({ isFilter, name }) => isFilter && query[name] !== undefined)
  const isIn = (feed: FeedReading) => filters.every(({ name }) => feed.attributes?.[name] === query[name])
  const wanted = feeds.filter((feed) => isWanted(feed, query) && isIn(feed))
  const value = keyIn(FEED_ORDERS, order)
  const keyOf = value === null ? nameOf : (feed: FeedReading) => value(narrow(scope, 'feed', feed))
  const { items, next_cursor } = pageOf(wanted, { limit, cursor, order, keyOf, nameOf })
  const only = query.fields && ['provider', 'feed', ...query.fields]
  const views = items.map((feed): ListedFeedView => {
    const more = Object.entries({ ...attributesOf(feed, attributes), attempts: attemptsOf(feed) })
    const chosen = only ? more.filter(([name]) => only.includes(name)) : more
    // `fields` leaves out what the type has, as it does everywhere.
    return {
      ...feedBlock.project(narrow(scope, 'feed', feed), { only }),
      ...Object.fromEntries(chosen),
    } as ListedFeedView
  })
  const explain = explained(query.explain, { ...about, parts: { feed: () => items } })
  const page = { total: wanted.length, items: views, reasons: sentencesOf(items, all), groups, next_cursor }
  return { ...head, ...page, ...explain }
}

function isWanted(feed: FeedReading, asked: AskedFeeds): boolean {
  const { search, status, reason, provider } = asked
  if (provider !== undefined && feed.provider !== provider) return false
  if (status !== undefined && !status.includes(feed.status)) return false
  if (reason !== undefined && !reason.includes(feed.reason ?? '')) return false
  return search === undefined || contains(feed.feed, search) || contains(feed.provider, search)
}

/** Every declared attribute, with `null` for one that the feed has not. */
function attributesOf({ attributes: values = {} }: FeedReading, declared: NonNullable<FeedsReading['attributes']>) {
  return Object.fromEntries(declared.map(({ name, kind }) => [name, attributeInJson(values[name], kind)]))
}

function attemptsOf({ attempts = [] }: FeedReading): ListedFeedView['attempts'] {
  return attempts.map(({ provider, code, at, until = null }) => {
    return { provider, code, at: isoOrNull(at), until: isoOrNull(until) }
  })
}

function sentencesOf(items: readonly FeedReading[], { reasons = [] }: FeedsReading): Readonly<Record<string, string>> {
  const given = new Set(items.map(({ reason }) => reason))
  return Object.fromEntries(reasons.filter(({ code }) => given.has(code)).map(({ code, sentence }) => [code, sentence]))
}

function toGroup(group: FeedGroupReading): FeedGroupView {
  const { name, total, late, mayBeLate } = group
  return { name, total, late, may_be_late_pct: inPercent(mayBeLate), ok: isGroupOk(group) }
}

/** Without the digits that binary fractions add: 0.29 is 29. */
function inPercent(share: number): number {
  return Number((share * 100).toPrecision(12))
}

/** Two providers may have feeds of the same name. */
function nameOf({ provider, feed }: FeedReading): string {
  return `${feed}\n${provider}`
}
