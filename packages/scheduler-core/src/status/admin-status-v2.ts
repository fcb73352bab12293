import type { DesiredState } from '../control/control.ts'
import type { MetricScope } from '../metrics/scope.ts'
import { factField, listField, metricField, objectOrNull } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { envelope, jobBlock, ownMetrics, providerFields, runMoments, runWindows } from './blocks.ts'
import type {
  JobNumbers,
  OwnMetric,
  PerWindow,
  ProviderView,
  RunCounts,
  RunMoments,
  SchedulerHealth,
  StatusEnvelope,
} from './shapes.ts'

/** The admin view, version 2: everything that operations look at, from one snapshot. */
export const adminStatusViewV2: StatusView<AdminStatusV2> = exactView(
  defineView({
    name: 'AdminStatusV2',
    audience: 'admin',
    fields: {
      ...envelope,
      scheduler: {
        name: factField('scheduler_name'),
        state: factField('state'),
        desired: {
          state: factField('desired_state'),
          by: factField('desired_by'),
          why: factField('desired_why'),
          at: factField('desired_at'),
          paused_until: metricField('paused_until'),
          version: metricField('control_version'),
        },
        health: { status: factField('health'), reasons: factField('health_reasons') },
        counting_since: metricField('counting_since'),
        uptime_seconds: metricField('uptime_seconds'),
        active_seconds: metricField('active_seconds'),
        paused_seconds: metricField('paused_seconds'),
        errored_seconds: metricField('errored_seconds'),
        concurrency: metricField('concurrency'),
        ...runMoments,
      },
      windows: runWindows,
      jobs: listField('job', {
        ...jobBlock.fields,
        schedule: factField('job_schedule'),
        paused: factField('job_paused'),
      }),
      providers: listField('provider', providerFields),
      instances: listField('instance', {
        id: factField('instance_id'),
        current: factField('instance_is_current'),
        started_at: metricField('instance_started_at'),
        heartbeat_at: metricField('instance_heartbeat_at'),
        running_runs: metricField('instance_running_runs'),
      }),
      process: objectOrNull(isMeasured, {
        cpu_seconds: metricField('process_cpu_seconds'),
        cpu_pct: metricField('process_cpu_pct'),
        rss_bytes: metricField('process_rss_bytes'),
        heap_used_bytes: metricField('process_heap_used_bytes'),
        heap_total_bytes: metricField('process_heap_total_bytes'),
        event_loop_delay_p50_ms: metricField('event_loop_delay_p50_ms'),
        event_loop_delay_p99_ms: metricField('event_loop_delay_p99_ms'),
        event_loop_delay_max_ms: metricField('event_loop_delay_max_ms'),
      }),
      store: {
        read_ms: metricField('store_read_ms'),
        pool: { size: metricField('pool_size'), idle: metricField('pool_idle'), waiting: metricField('pool_waiting') },
      },
      sessions: {
        opened: metricField('sessions_opened'),
        closed: metricField('sessions_closed'),
        open: metricField('sessions_open'),
        longest_open_ms: metricField('sessions_longest_open_ms'),
        held: listField('session', { unit: factField('session_unit'), opened_at: metricField('session_opened_at') }),
      },
      own_metrics: ownMetrics,
    },
  }),
)

export interface AdminStatusV2 extends StatusEnvelope {
  readonly scheduler: AdminSchedulerStatus
  readonly windows: PerWindow<RunCounts>
  readonly jobs: readonly AdminJobStatus[]
  readonly providers: readonly ProviderView[]
  readonly instances: readonly {
    readonly id: string
    readonly current: boolean
    readonly started_at: string | null
    readonly heartbeat_at: string | null
    readonly running_runs: number
  }[]
  readonly process: ProcessStatus | null
  readonly store: {
    readonly read_ms: number | null
    readonly pool: { readonly size: number | null; readonly idle: number | null; readonly waiting: number | null }
  }
  readonly sessions: {
    readonly opened: number
    readonly closed: number
    readonly open: number
    readonly longest_open_ms: number | null
    readonly held: readonly { readonly unit: string; readonly opened_at: string | null }[]
  }
  readonly own_metrics: Readonly<Record<string, OwnMetric>>
}

interface AdminSchedulerStatus extends RunMoments, SchedulerHealth {
  readonly name: string
  readonly desired: {
    readonly state: DesiredState
    readonly by: string
    readonly why: string | null
    readonly at: string
    readonly paused_until: string | null
    readonly version: number
  }
  readonly counting_since: string | null
  readonly uptime_seconds: number
  readonly active_seconds: number
  readonly paused_seconds: number
  readonly errored_seconds: number
  readonly concurrency: number | null
}

interface AdminJobStatus extends JobNumbers {
  /** In words. */
  readonly schedule: string
  readonly paused: boolean
}

/** What this process takes of its host. */
interface ProcessStatus {
  readonly cpu_seconds: number | null
  readonly cpu_pct: number | null
  readonly rss_bytes: number | null
  readonly heap_used_bytes: number | null
  readonly heap_total_bytes: number | null
  readonly event_loop_delay_p50_ms: number | null
  readonly event_loop_delay_p99_ms: number | null
  readonly event_loop_delay_max_ms: number | null
}

function isMeasured({ process }: MetricScope): boolean {
  return process !== undefined
}
