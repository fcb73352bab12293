import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { type Resource, useResource } from '../../../data/use-resource.ts'
import type { Changed } from '../../../live/changed.ts'
import type { Feed } from '../feed.ts'

export type FeedName = Pick<Feed, 'provider' | 'feed'>

/** A search of the API has at most so many characters; the feed is then picked by its whole name. */
const SEARCH = 64

/** One feed as it is now, with the moment of the answer; `feed` is `null` when there is none of this name. */
export function useExplained(
  scheduler: string,
  name: FeedName,
): Resource<{ readonly asOf: string; readonly feed: Feed | null; readonly why: string | null }> {
  const { provider, feed } = name
  return useResource(
    `feed ${JSON.stringify(name)}`,
    async ({ marketData }) => {
      const search = [...feed].slice(0, SEARCH).join('')
      const { items, as_of, reasons } = await marketData.freshness({ provider, search, limit: 1_000 })
      const found = items?.find((one) => one.feed === feed && one.provider === provider) ?? null
      return { asOf: as_of, feed: found, why: reasons[found?.reason ?? ''] ?? null }
    },
    { scheduler, refreshOn: { view: 'marketData', matches: (changed) => concerns(changed, name) } },
  )
}

function concerns({ feeds }: Changed, { provider, feed }: FeedName): boolean {
  return feeds === 'many' || (feeds?.some((one) => one.provider === provider && one.feed === feed) ?? false)
}

/** The feed as far as the status names it: it is there at once. */
export function knownFeed(
  { feeds_attention }: Pick<MarketDataStatusV2, 'feeds_attention'>,
  name: FeedName,
): Feed | null {
  return feeds_attention.items?.find(({ provider, feed }) => provider === name.provider && feed === name.feed) ?? null
}
