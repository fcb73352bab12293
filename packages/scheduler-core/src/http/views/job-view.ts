import { type EpochMs, toIso } from '../../clock.ts'
import type { JobView, PauseView } from '../../contract/job.ts'
import type { Pause } from '../../control/control.ts'
import { type MetricScope, narrow } from '../../metrics/scope.ts'
import type { JobReading } from '../../reading/snapshot.ts'
import { jobBlock } from '../../status/blocks.ts'
import { toJobConfigView, toPoliciesView, toScheduleView } from './policies-view.ts'

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
