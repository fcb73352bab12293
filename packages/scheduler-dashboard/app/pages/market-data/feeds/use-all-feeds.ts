import type { FreshnessQueryParams } from '@pm/scheduler-core/contract/v2'
import { useCallback, useEffect, useRef } from 'preact/hooks'

import type { Api } from '../../../data/api.ts'
import { readFirst } from '../../../data/pages.ts'
import { type Resource, useResource } from '../../../data/use-resource.ts'
import type { Changed } from '../../../live/changed.ts'
import { useChanged } from '../../../live/use-status.ts'
import { type Feed, keyOfFeed } from '../feed.ts'
import { worstFirst } from './to-filters.ts'

export type FeedCell = Pick<Feed, 'provider' | 'feed' | 'status' | 'event_time' | 'expected_by'>

/** The feeds of the grid, and how many match in all. */
export interface AllFeeds {
  readonly feeds: readonly FeedCell[]
  readonly total: number
}

const PAGE = 1_000
/** What a cell tells. */
const FIELDS = 'status,event_time,expected_by'
const MOST = 10_000
/** Many feeds change at once and often: a grid of thousands is read anew only so often. */
const FEW_MS = 2_000
const MANY_MS = 15_000

/** The first 10,000 feeds that match, the latest first, read by pages of 1,000. */
export function useAllFeeds(scheduler: string, query: FreshnessQueryParams, isHeld: boolean): Resource<AllFeeds> {
  const asked: FreshnessQueryParams = { ...query, order: 'lateness', limit: String(PAGE), fields: FIELDS }
  const resource = useResource(`all ${JSON.stringify(asked)}`, (api) => readAll(api, asked), { scheduler, isHeld })
  const { reload, data } = resource
  const leastMs = (data?.total ?? 0) > PAGE ? MANY_MS : FEW_MS
  const timer = useRef<number | undefined>(undefined)
  const onChanged = useCallback(
    (changed: Changed) => {
      if (touchesFeeds(changed))
        timer.current ??= window.setTimeout(() => {
          timer.current = undefined
          reload()
        }, leastMs)
    },
    [reload, leastMs],
  )
  useChanged(scheduler, 'marketData', onChanged)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return resource
}

/** Whether a frame of the stream tells of feeds, and not of runs or calls alone. */
export function touchesFeeds({ feeds }: Changed): boolean {
  return feeds === 'many' || (feeds?.length ?? 0) > 0
}

async function readAll({ marketData }: Api, query: FreshnessQueryParams): Promise<AllFeeds> {
  const { rows, total } = await readFirst<FeedCell>({
    most: MOST,
    read: async (cursor) => {
      const page = await marketData.freshness({ ...query, ...(cursor !== null && { cursor }) })
      return { items: page.items ?? [], next_cursor: page.next_cursor, total: page.total ?? 0 }
    },
    keyOf: keyOfFeed,
  })
  return { feeds: worstFirst(rows), total }
}
