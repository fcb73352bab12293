import type { ComponentChildren } from 'preact'
import { Link, useLocation, useSearch } from 'wouter-preact'

import { writeQuery } from '../../data/query-fields.ts'
import { strings } from '../../strings/index.ts'
import type { Feed } from './feed.ts'
import { QUERY } from './query.ts'

/** Opens the explanation of a feed; an address of its own, so that it can be opened beside and shared. */
export function FeedLink({
  feed: { provider, feed },
  children,
}: {
  readonly feed: Pick<Feed, 'provider' | 'feed'>
  readonly children?: ComponentChildren
}) {
  const [path] = useLocation()
  const query = writeQuery(QUERY, useSearch(), { feed, feed_provider: provider, facts: '' })
  return (
    <Link class="feed-link" href={`${path}?${query}`} title={strings.marketData.explain.link(provider, feed)}>
      {children ?? feed}
    </Link>
  )
}
