import type { WindowId } from '../run/windows.ts'
import { factField, feedCountsField, listField, metricField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { feedsInAttention } from './attention.ts'
import { callWindows, envelope, feedBlock, namedProviders } from './blocks.ts'
import type {
  CallCounts,
  FeedsHead,
  FeedView,
  NamedProviders,
  PerWindow,
  SchedulerHealth,
  StatusEnvelope,
} from './shapes.ts'

/**
 * The market-data view, version 2: the state of the data, as codes; never an error's text, a host or a key. Its size has
 * a bound, whatever the number of feeds: `GET /freshness` has all of them.
 */
export const marketDataStatusViewV2: StatusView<MarketDataStatusV2> = exactView(
  defineView({
    name: 'MarketDataStatusV2',
    audience: 'market-data',
    fields: {
      ...envelope,
      scheduler: {
        name: factField('scheduler_name'),
        state: factField('state'),
        health: { status: factField('health'), reasons: factField('health_reasons') },
        abandoned_handlers: metricField('abandoned_handlers'),
        next_run_at: metricField('next_run_at'),
        last_run_at: metricField('last_run_at'),
        last_success_at: metricField('last_success_at'),
        interval_minutes: metricField('interval_minutes'),
        overdue_seconds: metricField('overdue_seconds'),
        uptime_seconds: metricField('uptime_seconds'),
      },
      windows: { lifetime: activity('lifetime'), recent: activity('recent'), last_hour: activity('last_hour') },
      calls: callWindows,
      providers: namedProviders,
      feeds_error: factField('feeds_error'),
      feeds_by_status: feedCountsField(),
      feeds_attention: {
        total: metricField('feeds_in_attention'),
        items: listField('feed', feedBlock.fields, feedsInAttention),
      },
    },
  }),
)

export interface MarketDataStatusV2 extends StatusEnvelope, FeedsHead {
  readonly scheduler: SchedulerHealth & {
    readonly name: string
    readonly next_run_at: string | null
    readonly last_run_at: string | null
    readonly last_success_at: string | null
    readonly interval_minutes: number | null
    readonly overdue_seconds: number
    readonly uptime_seconds: number
  }
  readonly windows: PerWindow<Activity>
  readonly calls: PerWindow<CallCounts>
  readonly providers: NamedProviders
  /**
   * The feeds that are stale, expired or unknown: how many there are, and the 50 whose update has been due longest. `null`
   * when the feeds could not be read.
   */
  readonly feeds_attention: { readonly total: number | null; readonly items: readonly FeedView[] | null }
}

/** What the jobs did for the data in a window. */
interface Activity {
  readonly total_runs: number | null
  readonly success_rate: number | null
  readonly coverage_pct: number | null
  readonly items_processed: number | null
  readonly items_failed: number | null
  readonly items_skipped: number | null
}

/** The work of the jobs for the data in a window. What an item is, the host's jobs decide. */
function activity<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    total_runs: metricField('total_runs', over),
    success_rate: metricField('success_rate', over),
    coverage_pct: metricField('coverage_pct', over),
    items_processed: metricField('items_processed', over),
    items_failed: metricField('items_failed', over),
    items_skipped: metricField('items_skipped', over),
  } as const
}
