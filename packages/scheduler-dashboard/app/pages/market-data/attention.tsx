import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useContext, useState } from 'preact/hooks'
import { useHeldRows } from '../../data/use-held-rows.ts'
import { useHold } from '../../data/use-hold.ts'
import { formatNumber, formatPercent } from '../../format/numbers.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Column } from '../../ui/column.ts'
import { Panel } from '../../ui/panel.tsx'
import { NewRows } from '../../ui/resource-view.tsx'
import { State } from '../../ui/state.tsx'
import { stateOfFeed } from '../../ui/state-of.ts'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { AsOfContext, unlessOld } from './as-of-context.ts'
import { type Feed, keyOfFeed, wordOfFeed } from './feed.ts'
import { FeedLink } from './feed-link.tsx'
import { Lateness } from './lateness.tsx'

/** So many are in sight before the reader asks for more: what comes below should not be far away. */
const FEW = 10

/** What is stale or missing, and since when: the worst first, and in its place while somebody reads it. */
export function Attention({
  status: { feeds_attention, feeds_by_status, feeds_error },
  onShowAll,
}: {
  readonly status: Pick<MarketDataStatusV2, 'feeds_attention' | 'feeds_by_status' | 'feeds_error'>
  /** Shows all of them in the table of feeds. */
  readonly onShowAll: () => void
}) {
  const { total, items } = feeds_attention
  const { ref, isHeld } = useHold()
  const { rows, waiting, showWaiting } = useHeldRows(items ?? [], { isHeld, keyOf: keyOfFeed })
  const [isAll, setAll] = useState(false)
  const words = strings.marketData.attention
  const shown = isAll ? rows : rows.slice(0, FEW)
  return (
    <Panel title={words.title}>
      <div ref={ref} class="stack attention-state">
        <NewRows waiting={waiting} onShow={showWaiting} />
        {rows.length === 0 ? (
          <Nothing isKnown={feeds_error === null} total={feeds_by_status.total} />
        ) : (
          <Table label={words.label} columns={COLUMNS} rows={shown} keyOf={keyOfFeed} />
        )}
        {total !== null && total > FEW && (
          <p class="cluster">
            {words.more(formatNumber(shown.length), formatNumber(total))}
            <Button onClick={() => setAll(!isAll)}>
              {isAll ? words.showFewer : words.showMore(formatNumber(rows.length - shown.length))}
            </Button>
            {total > rows.length && <Button onClick={onShowAll}>{words.all}</Button>}
          </p>
        )}
      </div>
    </Panel>
  )
}

/** No late feed is good only where the feeds are known. */
function Nothing({ isKnown, total }: { readonly isKnown: boolean; readonly total: number | null }) {
  const asOf = useContext(AsOfContext)
  const { none, noneThen, noFeeds, unreadable } = strings.marketData.attention
  if (!isKnown || total === null) return <State state="unknown">{unreadable}</State>
  return total === 0 ? (
    <State state="unknown">{noFeeds}</State>
  ) : (
    <State state={unlessOld('ok', asOf)}>{asOf.oldSince === null ? none : noneThen(asOf.oldSince)}</State>
  )
}

const words = strings.marketData.feeds.columns

const COLUMNS: readonly Column<Feed>[] = [
  { id: 'feed', title: words.feed, cell: (feed) => <FeedLink feed={feed} /> },
  {
    id: 'status',
    title: words.status,
    cell: (feed) => <State state={stateOfFeed(feed.status)}>{wordOfFeed(feed)}</State>,
  },
  { id: 'late', title: words.late, align: 'end', cell: (feed) => <Lateness feed={feed} /> },
  { id: 'provider', title: words.provider, cell: ({ provider }) => <span class="feed-link">{provider}</span> },
  {
    id: 'event',
    title: words.event,
    cell: (feed) => <Time at={feed.event_time} as="absolute" none={strings.kit.never} />,
  },
  { id: 'expected', title: words.expected, cell: (feed) => <Time at={feed.expected_by} as="absolute" /> },
  {
    id: 'changed',
    title: words.changed,
    cell: (feed) => <Time at={feed.changed_at} as="absolute" none={strings.kit.never} />,
  },
  { id: 'attainment', title: words.attainment, align: 'end', cell: (feed) => formatPercent(feed.attainment_pct) },
]
