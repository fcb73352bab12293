import './market-data.css'

import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { failureOf } from '../../data/failure.ts'
import { useQueryState } from '../../data/use-query-state.ts'
import { useStatus } from '../../live/use-status.ts'
import { useTitle } from '../../shell/use-title.ts'
import { strings } from '../../strings/index.ts'
import { useSchedulerKey } from '../../ui/go-to.tsx'
import { ErrorState, Forbidden, Loading, LoggedOut } from '../../ui/messages.tsx'
import { Activity } from './activity/activity.tsx'
import { AsOfProvider } from './as-of-provider.tsx'
import { Attention } from './attention.tsx'
import { ExplainDialog } from './explain/explain-dialog.tsx'
import { ATTENTION_GRADES } from './feed.ts'
import { Feeds } from './feeds/feeds.tsx'
import { Providers } from './providers/providers.tsx'
import { QUERY } from './query.ts'
import { SchedulerLine } from './scheduler-line.tsx'
import { useProviders } from './use-providers.ts'
import { VerdictLine } from './verdict-line.tsx'

/**
 * The page of market data, for traders and analysts: what is late and why, the providers, every feed, and how much was
 * processed. It reads the market-data view alone: no job's name and no error's text is on it.
 */
export function MarketDataPage() {
  const scheduler = useSchedulerKey()
  const live = useStatus(scheduler, 'marketData')
  useTitle(strings.marketData.title)
  const { status, trouble } = live
  if (trouble?.status === 401) return <LoggedOut />
  if (trouble?.status === 403) return <Forbidden />
  if (status === null) return trouble ? <ErrorState failure={failureOf(trouble)} /> : <Loading rows={12} />
  return (
    <AsOfProvider live={live}>
      <header class="stack">
        <VerdictLine status={status} />
        <SchedulerLine scheduler={status.scheduler} />
      </header>
      <Parts scheduler={scheduler} status={status} />
    </AsOfProvider>
  )
}

function Parts({ scheduler, status }: { readonly scheduler: string; readonly status: MarketDataStatusV2 }) {
  const [query, setQuery] = useQueryState(QUERY)
  const { window, feed, feed_provider } = query
  const providers = useProviders(scheduler, status.providers)
  const open = (one: { readonly provider: string; readonly feed: string }) =>
    setQuery({ feed: one.feed, feed_provider: one.provider, facts: '' }, { push: true })
  return (
    <>
      <Attention
        status={status}
        onShowAll={() => setQuery({ status: ATTENTION_GRADES.join(','), order: 'lateness' })}
      />
      <Providers
        scheduler={scheduler}
        providers={providers}
        window={window}
        onWindow={(next) => setQuery({ window: next })}
      />
      <Feeds
        scheduler={scheduler}
        status={status}
        providers={providers}
        filters={query}
        onFilters={setQuery}
        onOpen={open}
      />
      <Activity scheduler={scheduler} status={status} window={window} />
      {feed !== '' && feed_provider !== '' && (
        <ExplainDialog
          key={`${feed_provider} ${feed}`}
          scheduler={scheduler}
          name={{ provider: feed_provider, feed }}
          frozen={query.facts}
          status={status}
          providers={providers}
          onNow={() => setQuery({ facts: '' })}
          onClose={() => setQuery({ feed: '', feed_provider: '', facts: '' })}
        />
      )}
    </>
  )
}
