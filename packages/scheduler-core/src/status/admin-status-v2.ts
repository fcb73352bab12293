import type { Scope } from '../metrics/scope.ts'
import { each, fact, metric, orNull } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { envelope, jobBlock, ownMetrics, providerFields, runMoments, runWindows } from './blocks.ts'

/** The admin view, version 2: everything that operations look at, from one snapshot. */
export const adminStatusViewV2 = defineView({
  name: 'AdminStatusV2',
  audience: 'admin',
  fields: {
    ...envelope,
    scheduler: {
      name: fact('scheduler_name'),
      state: fact('state'),
      desired: {
        state: fact('desired_state'),
        by: fact('desired_by'),
        why: fact('desired_why'),
        at: fact('desired_at'),
        paused_until: metric('paused_until'),
        version: metric('control_version'),
      },
      health: { status: fact('health'), reasons: fact('health_reasons') },
      counting_since: metric('counting_since'),
      uptime_seconds: metric('uptime_seconds'),
      active_seconds: metric('active_seconds'),
      paused_seconds: metric('paused_seconds'),
      errored_seconds: metric('errored_seconds'),
      concurrency: metric('concurrency'),
      ...runMoments,
    },
    windows: runWindows,
    jobs: each('job', {
      ...jobBlock.fields,
      schedule: fact('job_schedule'),
      paused: fact('job_paused'),
    }),
    providers: each('provider', providerFields),
    instances: each('instance', {
      id: fact('instance_id'),
      current: fact('instance_is_current'),
      started_at: metric('instance_started_at'),
      heartbeat_at: metric('instance_heartbeat_at'),
      running_runs: metric('instance_running_runs'),
    }),
    process: orNull(isMeasured, {
      cpu_seconds: metric('process_cpu_seconds'),
      cpu_pct: metric('process_cpu_pct'),
      rss_bytes: metric('process_rss_bytes'),
      heap_used_bytes: metric('process_heap_used_bytes'),
      heap_total_bytes: metric('process_heap_total_bytes'),
      event_loop_delay_p50_ms: metric('event_loop_delay_p50_ms'),
      event_loop_delay_p99_ms: metric('event_loop_delay_p99_ms'),
      event_loop_delay_max_ms: metric('event_loop_delay_max_ms'),
    }),
    store: {
      read_ms: metric('store_read_ms'),
      pool: { size: metric('pool_size'), idle: metric('pool_idle'), waiting: metric('pool_waiting') },
    },
    sessions: {
      opened: metric('sessions_opened'),
      closed: metric('sessions_closed'),
      open: metric('sessions_open'),
      longest_open_ms: metric('sessions_longest_open_ms'),
      held: each('session', { unit: fact('session_unit'), opened_at: metric('session_opened_at') }),
    },
    own_metrics: ownMetrics,
  },
})

export type AdminStatusV2 = ResponseOf<typeof adminStatusViewV2>

function isMeasured({ process }: Scope): boolean {
  return process !== undefined
}
