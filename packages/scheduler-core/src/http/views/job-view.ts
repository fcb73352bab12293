import { type EpochMs, toIso } from '../../clock.ts'
import type { JobView, PauseView } from '../../contract/job.ts'
import type { Pause } from '../../control/control.ts'
import { type MetricScope, narrow } from '../../metrics/scope.ts'
import type { JobReading } from '../../reading/snapshot.ts'
import { jobBlock } from '../../status/blocks.ts'
import type { JobNumbers } from '../../status/shapes.ts'
import type { ProjectOptions } from '../../view/project.ts'
import { toJobConfigView, toPoliciesView, toScheduleView } from './policies-view.ts'

/** One job, in the scope of its snapshot. With `only`, its name and these fields. */
export function toJobView(job: JobReading, scope: MetricScope, { windows, only }: JobViewOptions = {}): JobView {
  const numbers = jobBlock.project(narrow(scope, 'job', job), { windows, only: only && ['name', ...only] })
  const rest = Object.entries(REST).filter(([name]) => !only || only.includes(name))
  return { ...numbers, ...Object.fromEntries(rest.map(([name, read]) => [name, read(job)])) } as JobView
}

type JobViewOptions = Pick<Partial<ProjectOptions>, 'windows' | 'only'>

/** What is no number. */
const REST: { readonly [K in Exclude<keyof JobView, keyof JobNumbers>]: (job: JobReading) => JobView[K] } = {
  description: ({ description }) => description,
  owner: ({ owner }) => owner,
  tags: ({ tags }) => tags,
  runbook_url: ({ runbookUrl }) => runbookUrl,
  input: ({ takes }) => takes && { schema: takes.schema, is_required: takes.isRequired },
  schedule: ({ schedule }) => toScheduleView(schedule),
  paused: ({ paused }) => paused && toPauseView(paused),
  retired_at: ({ retiredAt }) => isoOrNull(retiredAt),
  policies: ({ policies }) => toPoliciesView(policies),
  defaults: ({ defaults }) => toPoliciesView(defaults),
  override: ({ override }) => toJobConfigView(override),
}

export function toPauseView({ by, why, at, until }: Pause): PauseView {
  return { by, why, at: toIso(at), until: isoOrNull(until) }
}

export function isoOrNull(instant: EpochMs | null): string | null {
  return instant === null ? null : toIso(instant)
}
