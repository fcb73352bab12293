import type { FreshnessView } from '../../contract/freshness.ts'
import type { AskedFeeds } from '../../contract/list-requests.ts'
import { metricScopeOf, narrow } from '../../metrics/scope.ts'
import { contains } from '../../reading/job-filter.ts'
import type { FeedReading, SnapshotReading } from '../../reading/snapshot.ts'
import { feedBlock } from '../../status/blocks.ts'
import { freshnessHeadView } from '../../status/freshness-view.ts'
import { FEED_ORDERS } from '../../status/orders.ts'
import { explained } from './explained.ts'
import { keyIn } from './key-in.ts'
import { pageOf } from './page-of.ts'

const DEFAULT_LIMIT = 100

/** A page of the feeds. Only those on the page are projected. */
export function toFreshness(reading: SnapshotReading, query: AskedFeeds): FreshnessView {
  const head = freshnessHeadView.project(reading)
  const about = { reading, audience: 'market-data' } as const
  const { items: feeds } = reading.snapshot.feeds
  if (feeds === null)
    return { ...head, total: null, items: null, next_cursor: null, ...explained(query.explain, about) }
  const { limit = DEFAULT_LIMIT, cursor, order = 'lateness' } = query
  const scope = metricScopeOf(reading)
  const wanted = feeds.filter((feed) => isWanted(feed, query))
  const value = keyIn(FEED_ORDERS, order)
  const keyOf = value === null ? nameOf : (feed: FeedReading) => value(narrow(scope, 'feed', feed))
  const { items, next_cursor } = pageOf(wanted, { limit, cursor, order, keyOf, nameOf })
  const only = query.fields && ['provider', 'feed', ...query.fields]
  const views = items.map((feed) => feedBlock.project(narrow(scope, 'feed', feed), { only }))
  const explain = explained(query.explain, { ...about, parts: { feed: () => items } })
  return { ...head, total: wanted.length, items: views, next_cursor, ...explain }
}

function isWanted({ provider, feed, status }: FeedReading, asked: AskedFeeds): boolean {
  if (asked.provider !== undefined && provider !== asked.provider) return false
  if (asked.status !== undefined && !asked.status.includes(status)) return false
  const { search } = asked
  return search === undefined || contains(feed, search) || contains(provider, search)
}

/** Two providers may have feeds of the same name. */
function nameOf({ provider, feed }: FeedReading): string {
  return `${feed}\n${provider}`
}
