import type { MetricScope } from '../metrics/scope.ts'
import { factField, listField, metricField, objectOrNull } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { envelope, jobBlock, ownMetrics, providerFields, runMoments, runWindows } from './blocks.ts'

/** The admin view, version 2: everything that operations look at, from one snapshot. */
export const adminStatusViewV2 = defineView({
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
})

export type AdminStatusV2 = ResponseOf<typeof adminStatusViewV2>

function isMeasured({ process }: MetricScope): boolean {
  return process !== undefined
}
