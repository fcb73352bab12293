import { type EpochMs, toIso } from '../../clock.ts'
import type { JobListView, JobView, PauseView } from '../../contract/job.ts'
import type { Pause } from '../../control/control.ts'
import { type MetricScope, metricScopeOf, narrow } from '../../metrics/scope.ts'
import type { JobReading, SnapshotReading } from '../../reading/snapshot.ts'
import { jobBlock } from '../../status/blocks.ts'
import { toJobConfigView, toPoliciesView, toScheduleView } from './policies-view.ts'

export function toJobList(reading: SnapshotReading): JobListView {
  const { snapshot, stale } = reading
  const scope = metricScopeOf(reading)
  const items = snapshot.jobs.map((job) => toJobView(job, scope))
  return { snapshot_id: snapshot.id, as_of: toIso(snapshot.asOf), stale, items }
}

/** One job, in the scope of its snapshot. */
export function toJobView(job: JobReading, scope: MetricScope): JobView {
  return {
    ...jobBlock.project(narrow(scope, 'job', job)),
    schedule: toScheduleView(job.schedule),
    paused: job.paused && toPauseView(job.paused),
    policies: toPoliciesView(job.policies),
    defaults: toPoliciesView(job.defaults),
    override: toJobConfigView(job.override),
  }
}

export function toPauseView({ by, why, at, until }: Pause): PauseView {
  return { by, why, at: toIso(at), until: isoOrNull(until) }
}

export function isoOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : toIso(instant)
}
