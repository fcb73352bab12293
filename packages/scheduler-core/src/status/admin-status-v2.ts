import type { DesiredState } from '../control/control.ts'
import type { MetricScope } from '../metrics/scope.ts'
import type { InstanceState } from '../reading/instance-reading.ts'
import type { JobCondition, JobCounts } from '../reading/job-conditions.ts'
import type { SettledRunState } from '../run/states.ts'
import type { SchedulerRole } from '../state/role.ts'
import { factField, listField, metricField, objectOrNull } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { jobsInAttention, knownInstances, longestSessions } from './attention.ts'
import { envelope, namedProviders, ownMetrics, runMoments, runWindows } from './blocks.ts'
import type {
  NamedProviders,
  OwnMetric,
  PerWindow,
  RunCounts,
  RunMoments,
  SchedulerHealth,
  StatusEnvelope,
} from './shapes.ts'

/** One job that needs attention. */
const attentionFields = {
  name: factField('job_name'),
  conditions: factField('job_conditions'),
  consecutive_failures: metricField('consecutive_failures'),
  running_runs: metricField('running_runs'),
  queued_runs: metricField('queued_runs'),
  oldest_queued_seconds: metricField('oldest_queued_seconds'),
  last_run_at: metricField('last_run_at'),
  last_success_at: metricField('last_success_at'),
  last_failure_at: metricField('last_failure_at'),
  last_outcome: factField('job_last_outcome'),
  last_error_code: factField('job_last_error_code'),
  next_run_at: metricField('next_run_at'),
  overdue_seconds: metricField('overdue_seconds'),
  overdue_allowed_seconds: metricField('overdue_allowed_seconds'),
  paused_since: metricField('paused_since'),
  paused_until: factField('job_paused_until'),
} as const

const instanceFields = {
  id: factField('instance_id'),
  current: factField('instance_is_current'),
  host: factField('instance_host'),
  process: factField('instance_process'),
  version: factField('instance_version'),
  role: factField('instance_role'),
  state: factField('instance_state'),
  started_at: metricField('instance_started_at'),
  heartbeat_at: metricField('instance_heartbeat_at'),
  time_zone_data: factField('instance_time_zone_data'),
  running_runs: metricField('instance_running_runs'),
  concurrency: metricField('instance_concurrency'),
  dropped_messages: metricField('instance_dropped_messages'),
  left_messages: metricField('instance_left_messages'),
} as const

const sessionFields = { unit: factField('session_unit'), opened_at: metricField('session_opened_at') } as const

/**
 * The admin view, version 2: totals, health, counts by state, and what needs attention, from one snapshot. Its size has
 * a bound, whatever the number of jobs and instances: `GET /jobs` has all jobs.
 */
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
        health: {
          status: factField('health'),
          reasons: factField('health_reasons'),
          details: factField('health_details'),
        },
        abandoned_handlers: metricField('abandoned_handlers'),
        counting_since: metricField('counting_since'),
        uptime_seconds: metricField('uptime_seconds'),
        active_seconds: metricField('active_seconds'),
        paused_seconds: metricField('paused_seconds'),
        errored_seconds: metricField('errored_seconds'),
        concurrency: metricField('concurrency'),
        ...runMoments,
      },
      windows: runWindows,
      jobs: {
        total: metricField('jobs_total'),
        ok: metricField('jobs_ok'),
        failing: metricField('jobs_failing'),
        overdue: metricField('jobs_overdue'),
        no_worker: metricField('jobs_no_worker'),
        running_long: metricField('jobs_running_long'),
        paused: metricField('jobs_paused'),
        running: metricField('jobs_running'),
        queued: metricField('jobs_queued'),
        retired: metricField('jobs_retired'),
      },
      retired: { jobs: metricField('jobs_retired'), total_runs: metricField('retired_runs') },
      attention: { total: metricField('jobs_in_attention'), items: listField('job', attentionFields, jobsInAttention) },
      providers: namedProviders,
      instances: {
        total: metricField('instances_total'),
        live: metricField('instances_live'),
        workers: metricField('workers_live'),
        dropped_messages: metricField('dropped_messages'),
        left_messages: metricField('left_messages'),
        time_zone_data_versions: metricField('time_zone_data_versions'),
        items: listField('instance', instanceFields, knownInstances),
      },
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
        held: listField('session', sessionFields, longestSessions),
      },
      own_metrics: ownMetrics,
    },
  }),
)

export interface AdminStatusV2 extends StatusEnvelope {
  readonly scheduler: AdminSchedulerStatus
  readonly windows: PerWindow<RunCounts>
  /** How many jobs are in each state. One with several problems counts in each of them. */
  readonly jobs: JobCounts
  /**
   * The jobs that left the code, and their settled runs since counting began: with those of the jobs they add up to the
   * totals.
   */
  readonly retired: { readonly jobs: number; readonly total_runs: number }
  /** The jobs with a problem: how many there are, and the worst 50. */
  readonly attention: { readonly total: number; readonly items: readonly JobInAttention[] }
  readonly providers: NamedProviders
  /** How many there are and how many live, and the first 20: the one that answers, then those that live, then the others. */
  readonly instances: {
    readonly total: number
    readonly live: number
    /** How many of those that live are workers. */
    readonly workers: number
    /** What those that are listed did with messages; `null` for those who are told of some jobs only. */
    readonly dropped_messages: number | null
    readonly left_messages: number | null
    /** Different versions of time zone data among those that live; one when all is well. */
    readonly time_zone_data_versions: number
    readonly items: readonly InstanceStatus[]
  }
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
  readonly health: SchedulerHealth['health'] & { readonly details: readonly string[] }
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

/** A job that fails, is overdue, has no worker, runs long or is paused. */
export interface JobInAttention {
  readonly name: string
  /** Its problems, worst first. */
  readonly conditions: readonly JobCondition[]
  readonly consecutive_failures: number
  readonly running_runs: number
  readonly queued_runs: number
  readonly oldest_queued_seconds: number
  readonly last_run_at: string | null
  readonly last_success_at: string | null
  readonly last_failure_at: string | null
  readonly last_outcome: SettledRunState | null
  readonly last_error_code: string | null
  readonly next_run_at: string | null
  readonly overdue_seconds: number
  readonly overdue_allowed_seconds: number
  readonly paused_since: string | null
  readonly paused_until: string | null
}

interface InstanceStatus {
  readonly id: string
  readonly current: boolean
  readonly host: string | null
  readonly process: string | null
  readonly version: string | null
  readonly role: SchedulerRole
  readonly state: InstanceState
  readonly started_at: string | null
  readonly heartbeat_at: string | null
  readonly time_zone_data: string | null
  /** `null` for those who are told of some jobs only. */
  readonly running_runs: number | null
  /** `null`: no limit, or it has not told yet. 0: an engine carries all its runs to workers. */
  readonly concurrency: number | null
  /** What it did with messages since it opened; `null` for those who are told of some jobs only. */
  readonly dropped_messages: number | null
  readonly left_messages: number | null
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
