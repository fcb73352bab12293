import type { WindowId } from '../run/windows.ts'
import { byName, fact, metric, ownValue } from '../view/bind.ts'
import { defineBlock } from '../view/define-block.ts'

/** What identifies a response of version 2: the same in every view. */
export const envelope = {
  snapshot_id: fact('snapshot_id'),
  as_of: fact('as_of'),
  stale: fact('stale'),
  snapshot_age_seconds: metric('snapshot_age_seconds'),
  definitions_version: fact('definitions_version'),
  no_longer_exact: fact('no_longer_exact'),
} as const

/** When runs were and will be. */
export const runMoments = {
  running_runs: metric('running_runs'),
  last_run_at: metric('last_run_at'),
  last_success_at: metric('last_success_at'),
  last_failure_at: metric('last_failure_at'),
  next_run_at: metric('next_run_at'),
  interval_minutes: metric('interval_minutes'),
} as const

/** What the runs of a window add up to. */
export function runCounts<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    total_runs: metric('total_runs', over),
    successful_runs: metric('successful_runs', over),
    failed_runs: metric('failed_runs', over),
    failed_runs_by_outcome: {
      failed: metric('failed_runs_error', over),
      timed_out: metric('failed_runs_timed_out', over),
      orphaned: metric('failed_runs_orphaned', over),
    },
    cancelled_runs: metric('cancelled_runs', over),
    partial_runs: metric('partial_runs', over),
    attempts_total: metric('attempts_total', over),
    success_rate: metric('success_rate', over),
    started_due_times: metric('started_due_times', over),
    skipped_runs: metric('skipped_runs', over),
    skipped_runs_by_reason: {
      overlap: metric('skipped_runs_overlap', over),
      excluded: metric('skipped_runs_excluded', over),
    },
    missed_runs: metric('missed_runs', over),
    suppressed: metric('suppressed', over),
    coverage_pct: metric('coverage_pct', over),
    items_processed: metric('items_processed', over),
    items_failed: metric('items_failed', over),
    items_skipped: metric('items_skipped', over),
    avg_duration_ms: metric('avg_duration_ms', over),
    p50_duration_ms: metric('p50_duration_ms', over),
    p95_duration_ms: metric('p95_duration_ms', over),
    p99_duration_ms: metric('p99_duration_ms', over),
    max_duration_ms: metric('max_duration_ms', over),
    avg_lateness_ms: metric('avg_lateness_ms', over),
    p50_lateness_ms: metric('p50_lateness_ms', over),
    p95_lateness_ms: metric('p95_lateness_ms', over),
    p99_lateness_ms: metric('p99_lateness_ms', over),
    max_lateness_ms: metric('max_lateness_ms', over),
  } as const
}

/** What the calls of a window add up to. */
export function callCounts<const W extends WindowId>(window: W) {
  const over = { window } as const
  return {
    calls: metric('provider_calls', over),
    failed: metric('provider_failed_calls', over),
    rate_limited: metric('provider_rate_limited_calls', over),
    served_as_fallback: metric('provider_served_as_fallback', over),
    success_rate: metric('provider_success_rate', over),
    avg_response_time_ms: metric('avg_response_time_ms', over),
    p50_response_time_ms: metric('p50_response_time_ms', over),
    p95_response_time_ms: metric('p95_response_time_ms', over),
    p99_response_time_ms: metric('p99_response_time_ms', over),
    max_response_time_ms: metric('max_response_time_ms', over),
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
  name: fact('provider_name'),
  enabled: fact('provider_enabled'),
  api_key_configured: fact('provider_api_key_configured'),
  last_success_at: metric('provider_last_success_at'),
  quota_remaining: metric('provider_quota_remaining'),
  circuit: metric('provider_circuit'),
  windows: callWindows,
} as const

/** One job, as operations see it. */
export const jobBlock = defineBlock('job', {
  name: fact('job_name'),
  ...runMoments,
  consecutive_failures: metric('consecutive_failures'),
  windows: runWindows,
})

/** The metrics of the host's own, by their ids. */
export const ownMetrics = byName('own', {
  title: fact('own_metric_title'),
  unit: fact('own_metric_unit'),
  value: ownValue(),
  error: fact('own_metric_error'),
})
