import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { failureOf } from '../../data/failure.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useStatus } from '../../live/use-status.ts'
import { useTitle } from '../../shell/use-title.ts'
import { strings } from '../../strings/index.ts'
import { useSchedulerKey } from '../../ui/go-to.tsx'
import { Shape, type StateName } from '../../ui/icons.tsx'
import { Empty, ErrorState, Forbidden, Loading, LoggedOut } from '../../ui/messages.tsx'
import { Panel } from '../../ui/panel.tsx'
import { State } from '../../ui/state.tsx'
import { stateOfFeed } from '../../ui/state-of.ts'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

/**
 * The page of market data, for analysts: no job's name, no error's text, and no control is on it. All feeds come by pages
 * (`usePages` with `api.marketData.freshness`) into a `VirtualTable`.
 */
export function MarketDataPage() {
  const scheduler = useSchedulerKey()
  const { status, trouble } = useStatus(scheduler, 'marketData')
  useTitle(strings.marketData.title)
  if (trouble?.status === 401) return <LoggedOut />
  if (trouble?.status === 403) return <Forbidden />
  if (status === null) return trouble ? <ErrorState failure={failureOf(trouble)} /> : <Loading rows={6} />
  const { state, text } = verdictOf(status)
  return (
    <>
      <h1 class="verdict" data-state={state}>
        <Shape state={state} />
        {text}
      </h1>
      <Panel title="Not fresh">
        <NotFresh status={status} />
      </Panel>
    </>
  )
}

function verdictOf({ feeds_error, feeds_by_status, feeds_attention }: MarketDataStatusV2): {
  readonly state: StateName
  readonly text: string
} {
  const words = strings.marketData.verdict
  const total = feeds_by_status.total ?? 0
  if (feeds_error !== null) return { state: 'unknown', text: words.unknown }
  if (total === 0) return { state: 'unknown', text: words.none }
  if (feeds_attention.total === 0) return { state: 'ok', text: words.fresh(formatNumber(total)) }
  return { state: 'late', text: words.attention(formatNumber(feeds_attention.total), formatNumber(total)) }
}

function NotFresh({ status: { feeds_attention } }: { readonly status: MarketDataStatusV2 }) {
  const rows = feeds_attention.items ?? []
  if (rows.length === 0) return <Empty title="Everything is fresh" />
  return (
    <Table
      label="Feeds that are not fresh"
      rows={rows}
      keyOf={({ provider, feed }) => `${provider} ${feed}`}
      columns={[
        { id: 'feed', title: 'Feed', cell: ({ feed }) => feed },
        { id: 'provider', title: 'Provider', cell: ({ provider }) => provider },
        { id: 'status', title: 'State', cell: (feed) => <State state={stateOfFeed(feed.status)}>{feed.status}</State> },
        { id: 'event', title: 'Last data', cell: (feed) => <Time at={feed.event_time} none={strings.kit.never} /> },
        { id: 'expected', title: 'Expected', cell: (feed) => <Time at={feed.expected_by} /> },
        { id: 'attainment', title: 'Attainment', align: 'end', cell: (feed) => formatNumber(feed.attainment_pct) },
      ]}
    />
  )
}
