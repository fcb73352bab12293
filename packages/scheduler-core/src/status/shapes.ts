import type { HealthStatus } from '../reading/health.ts'
import type { JobCondition } from '../reading/job-conditions.ts'
import type { CustomErrorCode, FeedCounts, FeedsErrorCode, ObservedState } from '../reading/snapshot.ts'
import type { MetricUnit } from '../reading/units.ts'
import type { SettledRunState } from '../run/states.ts'
import type { WindowId } from '../run/windows.ts'

// What the blocks of fields are in a response. Views are held equal to it by `exactView`.

/** One of it for each window. */
export type PerWindow<T> = { readonly [W in WindowId]: T }

/** What identifies a response of version 2: the same in every view. */
export interface StatusEnvelope {
  readonly snapshot_id: string
  readonly as_of: string
  readonly stale: boolean
  readonly snapshot_age_seconds: number
  readonly definitions_version: string
  readonly no_longer_exact: readonly string[]
}

/** When runs were and will be. */
export interface RunMoments {
  readonly running_runs: number
  readonly queued_runs: number
  readonly oldest_queued_seconds: number
  readonly last_run_at: string | null
  readonly last_success_at: string | null
  readonly last_failure_at: string | null
  readonly next_run_at: string | null
  readonly interval_minutes: number | null
  readonly overdue_seconds: number
}

/** What the runs of a window add up to. */
export interface RunCounts {
  readonly total_runs: number | null
  readonly successful_runs: number | null
  readonly failed_runs: number | null
  readonly failed_runs_by_outcome: {
    readonly failed: number | null
    readonly timed_out: number | null
    readonly orphaned: number | null
    readonly interrupted: number | null
  }
  readonly cancelled_runs: number | null
  readonly partial_runs: number | null
  readonly attempts_total: number | null
  readonly success_rate: number | null
  readonly started_due_times: number | null
  readonly skipped_runs: number | null
  readonly skipped_runs_by_reason: { readonly overlap: number | null; readonly excluded: number | null }
  readonly missed_runs: number | null
  readonly suppressed: number | null
  readonly coverage_pct: number | null
  readonly items_processed: number | null
  readonly items_failed: number | null
  readonly items_skipped: number | null
  readonly avg_duration_ms: number | null
  readonly p50_duration_ms: number | null
  readonly p95_duration_ms: number | null
  readonly p99_duration_ms: number | null
  readonly max_duration_ms: number | null
  readonly avg_lateness_ms: number | null
  readonly p50_lateness_ms: number | null
  readonly p95_lateness_ms: number | null
  readonly p99_lateness_ms: number | null
  readonly max_lateness_ms: number | null
  readonly avg_queue_wait_ms: number | null
  readonly p50_queue_wait_ms: number | null
  readonly p95_queue_wait_ms: number | null
  readonly p99_queue_wait_ms: number | null
  readonly max_queue_wait_ms: number | null
}

/** What the calls of a window add up to. */
export interface CallCounts {
  readonly calls: number | null
  readonly failed: number | null
  readonly rate_limited: number | null
  readonly served_as_fallback: number | null
  readonly success_rate: number | null
  readonly avg_response_time_ms: number | null
  readonly p50_response_time_ms: number | null
  readonly p95_response_time_ms: number | null
  readonly p99_response_time_ms: number | null
  readonly max_response_time_ms: number | null
}

/**
 * One external source of data. `api_key_configured` is `null` when it needs no key. Each condition that the host
 * declares is a field more, such as `circuit`: a word, or `null` when it does not apply.
 */
export interface ProviderView {
  readonly name: string
  readonly enabled: boolean
  readonly api_key_configured: boolean | null
  readonly last_success_at: string | null
  readonly quota_remaining: number | null
  readonly windows: PerWindow<CallCounts>
  readonly [condition: string]: unknown
}

/** One job, as operations see it. */
export interface JobNumbers extends RunMoments {
  readonly name: string
  /** Its problems, worst first; empty for most jobs. */
  readonly conditions: readonly JobCondition[]
  /** How the last settled run ended; `null` before one has. */
  readonly last_outcome: SettledRunState | null
  /** The code of the error of the last failed run; a later success does not clear it. */
  readonly last_error_code: string | null
  readonly consecutive_failures: number
  readonly overdue_allowed_seconds: number
  /** How many live workers have it. */
  readonly workers: number
  readonly windows: PerWindow<RunCounts>
}

/** How many providers there are, and at most 20: the disabled ones and those in an alarming condition go first. */
export interface NamedProviders {
  readonly total: number
  readonly items: readonly ProviderView[]
}

/** How fresh the feeds are together, wherever that is told. */
export interface FeedsHead {
  readonly feeds_error: FeedsErrorCode | null
  readonly feeds_by_status: FeedCounts
}

/** How fresh one feed is. */
export interface FeedView {
  readonly provider: string
  readonly feed: string
  readonly status: string
  /** The code of why it has this status; `null` where the host's source gives none. */
  readonly reason: string | null
  /** When somebody last tried to get it, and when a provider last answered about it. */
  readonly asked_at: string | null
  readonly answered_at: string | null
  readonly event_time: string | null
  readonly fetched_at: string | null
  readonly changed_at: string | null
  readonly expected_by: string | null
  /** The first try since the last data that brought none, and how many brought none since then. */
  readonly missing_since: string | null
  readonly unanswered_asks: number | null
  readonly age_seconds: number | null
  readonly attainment_pct: number | null
}

/** Whether the scheduler is well. */
export interface SchedulerHealth {
  readonly state: ObservedState
  readonly health: { readonly status: HealthStatus; readonly reasons: readonly string[] }
  /** Handlers of the process that answers that go on although their runs have ended. */
  readonly abandoned_handlers: number
}

/** What a metric of the host's own says. */
export interface OwnMetric {
  readonly title: string
  readonly unit: MetricUnit
  readonly value: number | null
  readonly error: CustomErrorCode | null
}
