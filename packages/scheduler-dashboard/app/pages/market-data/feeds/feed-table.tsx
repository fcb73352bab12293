import { useMemo } from 'preact/hooks'

import type { PagedList } from '../../../data/use-pages.ts'
import { strings } from '../../../strings/index.ts'
import { leastWidthOf } from '../../../ui/column.ts'
import { VirtualTable } from '../../../ui/virtual-table.tsx'
import { type Feed, keyOfFeed } from '../feed.ts'
import { columnsWith } from './columns.tsx'
import { extraFieldsOf } from './extra-fields.ts'

/** Every feed that matches, as a table of any length. */
export function FeedTable({
  list,
  order,
  onOrder,
  onOpen,
}: {
  readonly list: PagedList<Feed>
  readonly order: string
  readonly onOrder: (order: string) => void
  readonly onOpen: (feed: Feed) => void
}) {
  const extra = extraFieldsOf(list.rows).join('\n')
  const columns = useMemo(() => columnsWith(extra === '' ? [] : extra.split('\n')), [extra])
  return (
    <VirtualTable
      label={strings.marketData.feeds.table}
      columns={columns}
      rows={list.rows}
      keyOf={keyOfFeed}
      sorting={{ order, onOrder }}
      total={list.total}
      onEnd={list.loadMore}
      onVisible={list.onVisible}
      onOpen={onOpen}
      minWidth={leastWidthOf(columns)}
    />
  )
}
