import type { WindowId } from '../run/windows.ts'
import {
  factField,
  listField,
  metricField,
  ownMetricField,
  providerConditionsField,
  recordField,
} from '../view/bind.ts'
import { defineBlock } from '../view/define-block.ts'
import { providersNamed } from './attention.ts'

/** What identifies a response of version 2: the same in every view. */
export const envelope = {
  snapshot_id: factField('snapshot_id'),
  as_of: factField('as_of'),
  stale: factField('stale'),
  snapshot_age_seconds: metricField('snapshot_age_seconds'),
  definitions_version: factField('definitions_version'),
  no_longer_exact: factField('no_longer_exact'),
} as const

/** When runs happened and will happen. */
export const runMoments = {
  running_runs: metricField('running_runs'),
  queued_runs: metricField('queued_runs'),
  oldest_queued_seconds: metricField('oldest_queued_seconds'),
  last_run_at: metricField('last_run_at'),
  last_success_at: metricField('last_success_at'),
  last_failure_at: metricField('last_failure_at'),
  next_run_at: metricField('next_run_at'),
  interval_minutes: metricField('interval_minutes'),
  overdue_seconds: metricField('overdue_seconds'),
} as const

/** The counts of a window's runs. */
export function runCounts<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    total_runs: metricField('total_runs', over),
    successful_runs: metricField('successful_runs', over),
    failed_runs: metricField('failed_runs', over),
    failed_runs_by_outcome: {
      failed: metricField('failed_runs_error', over),
      timed_out: metricField('failed_runs_timed_out', over),
      orphaned: metricField('failed_runs_orphaned', over),
      interrupted: metricField('interrupted_runs', over),
    },
    cancelled_runs: metricField('cancelled_runs', over),
    partial_runs: metricField('partial_runs', over),
    attempts_total: metricField('attempts_total', over),
    success_rate: metricField('success_rate', over),
    started_due_times: metricField('started_due_times', over),
    skipped_runs: metricField('skipped_runs', over),
    skipped_runs_by_reason: {
      overlap: metricField('skipped_runs_overlap', over),
      excluded: metricField('skipped_runs_excluded', over),
    },
    missed_runs: metricField('missed_runs', over),
    suppressed: metricField('suppressed', over),
    coverage_pct: metricField('coverage_pct', over),
    items_processed: metricField('items_processed', over),
    items_failed: metricField('items_failed', over),
    items_skipped: metricField('items_skipped', over),
    avg_duration_ms: metricField('avg_duration_ms', over),
    p50_duration_ms: metricField('p50_duration_ms', over),
    p95_duration_ms: metricField('p95_duration_ms', over),
    p99_duration_ms: metricField('p99_duration_ms', over),
    max_duration_ms: metricField('max_duration_ms', over),
    avg_lateness_ms: metricField('avg_lateness_ms', over),
    p50_lateness_ms: metricField('p50_lateness_ms', over),
    p95_lateness_ms: metricField('p95_lateness_ms', over),
    p99_lateness_ms: metricField('p99_lateness_ms', over),
    max_lateness_ms: metricField('max_lateness_ms', over),
    avg_queue_wait_ms: metricField('avg_queue_wait_ms', over),
    p50_queue_wait_ms: metricField('p50_queue_wait_ms', over),
    p95_queue_wait_ms: metricField('p95_queue_wait_ms', over),
    p99_queue_wait_ms: metricField('p99_queue_wait_ms', over),
    max_queue_wait_ms: metricField('max_queue_wait_ms', over),
  } as const
}

/** The counts of a window's calls. */
export function callCounts<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    calls: metricField('provider_calls', over),
    failed: metricField('provider_failed_calls', over),
    rate_limited: metricField('provider_rate_limited_calls', over),
    served_as_fallback: metricField('provider_served_as_fallback', over),
    success_rate: metricField('provider_success_rate', over),
    avg_response_time_ms: metricField('avg_response_time_ms', over),
    p50_response_time_ms: metricField('p50_response_time_ms', over),
    p95_response_time_ms: metricField('p95_response_time_ms', over),
    p99_response_time_ms: metricField('p99_response_time_ms', over),
    max_response_time_ms: metricField('max_response_time_ms', over),
  } as const
}

export const runWindows = {
  lifetime: runCounts('lifetime'),
  recent: runCounts('recent'),
  last_hour: runCounts('last_hour'),
} as const

export const callWindows = {
  lifetime: callCounts('lifetime'),
  recent: callCounts('recent'),
  last_hour: callCounts('last_hour'),
} as const

/** One provider, as everybody may see it. */
export const providerFields = {
  name: factField('provider_name'),
  enabled: factField('provider_enabled'),
  api_key_configured: factField('provider_api_key_configured'),
  last_success_at: metricField('provider_last_success_at'),
  quota_remaining: metricField('provider_quota_remaining'),
  conditions: providerConditionsField(),
  windows: callWindows,
} as const

/** The providers that a status names, and how many there are. */
export const namedProviders = {
  total: metricField('providers_total'),
  items: listField('provider', providerFields, providersNamed),
} as const

/** How fresh one feed is. */
export const feedBlock = defineBlock('feed', {
  provider: factField('feed_provider'),
  feed: factField('feed_name'),
  status: factField('feed_status'),
  reason: factField('feed_reason'),
  asked_at: metricField('feed_asked_at'),
  answered_at: metricField('feed_answered_at'),
  event_time: metricField('feed_event_time'),
  fetched_at: metricField('feed_fetched_at'),
  changed_at: metricField('feed_changed_at'),
  expected_by: metricField('feed_expected_by'),
  missing_since: metricField('feed_missing_since'),
  unanswered_asks: metricField('feed_unanswered_asks'),
  age_seconds: metricField('feed_age_seconds'),
  attainment_pct: metricField('feed_attainment_pct'),
})

/** One job, as operations see it. */
export const jobBlock = defineBlock('job', {
  name: factField('job_name'),
  conditions: factField('job_conditions'),
  ...runMoments,
  workers: metricField('job_workers'),
  last_outcome: factField('job_last_outcome'),
  last_error_code: factField('job_last_error_code'),
  overdue_allowed_seconds: metricField('overdue_allowed_seconds'),
  consecutive_failures: metricField('consecutive_failures'),
  windows: runWindows,
})

/** The metrics of the host's own, by their ids. */
export const ownMetrics = recordField('own', {
  title: factField('own_metric_title'),
  unit: factField('own_metric_unit'),
  value: ownMetricField(),
  error: factField('own_metric_error'),
})
