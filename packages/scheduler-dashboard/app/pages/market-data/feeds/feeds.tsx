import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useMemo } from 'preact/hooks'

import { useHold } from '../../../data/use-hold.ts'
import { usePages } from '../../../data/use-pages.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { type Feed, keyOfFeed, type Provider } from '../feed.ts'
import { FeedGrid } from './feed-grid.tsx'
import { FeedTable } from './feed-table.tsx'
import { FilterBar } from './filters.tsx'
import { type Filters, isFiltered, queryOf, statusesOf } from './to-filters.ts'
import { touchesFeeds, useAllFeeds } from './use-all-feeds.ts'
import { useSeenValues } from './use-seen-values.ts'

export interface FeedsProps {
  readonly scheduler: string
  readonly status: Pick<MarketDataStatusV2, 'feeds_by_status' | 'feeds_error'>
  readonly providers: readonly Provider[]
  readonly filters: Filters
  readonly onFilters: (filters: Partial<Filters>) => void
  readonly onOpen: (feed: Pick<Feed, 'provider' | 'feed'>) => void
}

/** Every feed: as a picture, and as a table that is its accessible form. Both show what the filters let through. */
export function Feeds({ scheduler, status, providers, filters, onFilters, onOpen }: FeedsProps) {
  const { feeds_by_status: counts, feeds_error } = status
  const statuses = statusesOf(filters.status, counts)
  const query = queryOf(filters, statuses)
  const { ref, isHeld } = useHold()
  const list = usePages(
    `feeds ${feeds_error} ${JSON.stringify(query)}`,
    async (api, cursor) => {
      const page = await api.marketData.freshness({ limit: 100, ...query, ...(cursor !== undefined && { cursor }) })
      return { items: page.items ?? [], next_cursor: page.next_cursor, total: page.total ?? 0 }
    },
    { scheduler, refreshOn: { view: 'marketData', matches: touchesFeeds }, isHeld, keyOf: keyOfFeed },
  )
  const all = useAllFeeds(scheduler, query, isHeld)
  const expected = all.data?.total ?? list.total ?? counts.total ?? 0
  const names = useMemo(() => namesOf(providers, all.data?.feeds ?? []), [providers, all.data])
  const seen = useSeenValues(scheduler, list.rows)
  const words = strings.marketData.feeds
  return (
    <Panel
      title={words.title}
      aside={
        <span class="muted">
          {feeds_error === null && list.total !== null && words.matching(formatNumber(list.total))}
        </span>
      }
    >
      {(counts.total ?? 0) > 0 && (
        <FilterBar
          counts={counts}
          filters={filters}
          statuses={statuses}
          providers={names}
          seen={seen}
          onChange={onFilters}
        />
      )}
      <div ref={ref} class="stack">
        {feeds_error !== null && <Empty title={words.error(words.errors[feeds_error])} text={words.errorText} />}
        {feeds_error === null && all.failure === null && expected > 0 && (
          <FeedGrid feeds={all.data?.feeds ?? []} total={expected} onOpen={onOpen} />
        )}
        {feeds_error === null && (
          <ResourceView resource={list} rows={10}>
            {(rows) =>
              rows.length > 0 ? (
                <FeedTable
                  list={list}
                  order={filters.order}
                  onOrder={(order) => onFilters(orderOf(order))}
                  onOpen={onOpen}
                />
              ) : (
                <NoFeeds isFiltered={isFiltered(filters, statuses)} onClear={() => onFilters(NO_FILTERS)} />
              )
            }
          </ResourceView>
        )}
      </div>
    </Panel>
  )
}

/** The providers that are described, and those that feeds name. */
function namesOf(providers: readonly Provider[], feeds: readonly Pick<Feed, 'provider'>[]): readonly string[] {
  return [...new Set([...providers.map(({ name }) => name), ...feeds.map(({ provider }) => provider)])]
}

const NO_FILTERS = { q: '', status: '', provider: '', reason: '', venue: '', unit: '' } as const

function NoFeeds({ isFiltered: isNarrow, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const words = strings.marketData.feeds
  if (!isNarrow) return <Empty title={words.none} text={words.noneText} />
  return (
    <Empty title={words.empty} text={words.emptyText}>
      <Button onClick={onClear}>{words.clear}</Button>
    </Empty>
  )
}

/** The table asks only for orders that its columns name. */
function orderOf(order: string): Pick<Filters, 'order'> {
  return { order: order as Filters['order'] }
}
