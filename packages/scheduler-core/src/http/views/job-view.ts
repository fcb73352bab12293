import { type EpochMs, toIso } from '../../clock.ts'
import type { JobListView, JobView, PauseView } from '../../contract/job.ts'
import type { RunMetrics } from '../../contract/metric-windows.ts'
import { runMetric } from '../../metrics/evaluate.ts'
import type { Pause } from '../../ports/control.ts'
import type { RunTally } from '../../run/counters.ts'
import type { JobReading, SnapshotReading } from '../../snapshot/snapshot.ts'
import { toJobConfigView, toPoliciesView, toScheduleView } from './policies-view.ts'

export function toJobList({ snapshot, stale }: SnapshotReading): JobListView {
  return { snapshot_id: snapshot.id, as_of: toIso(snapshot.asOf), stale, items: snapshot.jobs.map(toJobView) }
}

export function toJobView(job: JobReading): JobView {
  return {
    name: job.name,
    schedule: toScheduleView(job.schedule),
    interval_ms: job.intervalMs,
    paused: job.paused && toPauseView(job.paused),
    running_runs: job.running,
    last_run_at: isoOrNull(job.lastRunAt),
    last_success_at: isoOrNull(job.lastSuccessAt),
    last_failure_at: isoOrNull(job.lastFailureAt),
    next_run_at: isoOrNull(job.nextRunAt),
    consecutive_failures: job.consecutiveFailures,
    policies: toPoliciesView(job.policies),
    defaults: toPoliciesView(job.defaults),
    override: toJobConfigView(job.override),
    windows: {
      lifetime: toRunMetrics(job.tallies.lifetime),
      recent: toRunMetrics(job.tallies.recent),
      last_hour: toRunMetrics(job.tallies.last_hour),
    },
  }
}

export function toPauseView({ by, why, at, until }: Pause): PauseView {
  return { by, why, at: toIso(at), until: isoOrNull(until) }
}

export function isoOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : toIso(instant)
}

function toRunMetrics(tally: RunTally): RunMetrics {
  return {
    total_runs: runMetric('total_runs', tally),
    successful_runs: runMetric('successful_runs', tally),
    failed_runs: runMetric('failed_runs', tally),
    cancelled_runs: runMetric('cancelled_runs', tally),
    partial_runs: runMetric('partial_runs', tally),
    attempts_total: runMetric('attempts_total', tally),
    skipped_runs: runMetric('skipped_runs', tally),
    missed_runs: runMetric('missed_runs', tally),
    suppressed: runMetric('suppressed', tally),
    success_rate: runMetric('success_rate', tally),
    coverage_pct: runMetric('coverage_pct', tally),
    items_processed: runMetric('items_processed', tally),
    items_failed: runMetric('items_failed', tally),
    items_skipped: runMetric('items_skipped', tally),
    avg_duration_ms: runMetric('avg_duration_ms', tally),
    avg_lateness_ms: runMetric('avg_lateness_ms', tally),
  }
}
