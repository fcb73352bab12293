import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useHold } from '../../data/use-hold.ts'
import { useSteadyRows } from '../../data/use-steady-rows.ts'
import { formatNumber, formatPercent } from '../../format/numbers.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../../ui/button.tsx'
import type { Column } from '../../ui/column.ts'
import { Empty } from '../../ui/messages.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NewRows } from '../../ui/resource-view.tsx'
import { State } from '../../ui/state.tsx'
import { stateOfFeed } from '../../ui/state-of.ts'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { type Feed, keyOfFeed, wordOfFeed } from './feed.ts'
import { FeedLink } from './feed-link.tsx'
import { Lateness } from './lateness.tsx'

/** What is stale or missing, and since when: the worst first, and in its place while somebody reads it. */
export function Attention({
  attention: { total, items },
  onShowAll,
}: {
  readonly attention: MarketDataStatusV2['feeds_attention']
  /** Shows all of them in the table of feeds. */
  readonly onShowAll: () => void
}) {
  const { ref, isHeld } = useHold()
  const { rows, waiting, showWaiting } = useSteadyRows(items ?? [], { isHeld, keyOf: keyOfFeed })
  const words = strings.marketData.attention
  return (
    <Panel title={words.title}>
      <div ref={ref} class="stack">
        <NewRows waiting={waiting} onShow={showWaiting} />
        {rows.length === 0 ? (
          <Empty title={words.none} text={words.noneText} />
        ) : (
          <Table label={words.label} columns={COLUMNS} rows={rows} keyOf={keyOfFeed} />
        )}
        {total !== null && total > rows.length && (
          <p class="cluster">
            {words.more(formatNumber(rows.length), formatNumber(total))}
            <Button tone="quiet" onClick={onShowAll}>
              {words.all}
            </Button>
          </p>
        )}
      </div>
    </Panel>
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
