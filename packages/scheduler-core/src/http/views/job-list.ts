import { toIso } from '../../clock.ts'
import type { JobListView } from '../../contract/job.ts'
import type { AskedJobs } from '../../contract/list-requests.ts'
import { metricScopeOf, narrow } from '../../metrics/scope.ts'
import { stoppedMetrics } from '../../metrics/stopped-metrics.ts'
import { countJobs, isInState } from '../../reading/job-conditions.ts'
import { meets } from '../../reading/job-filter.ts'
import type { JobReading, SnapshotReading } from '../../reading/snapshot.ts'
import { JOB_ORDERS } from '../../status/orders.ts'
import { explained } from './explained.ts'
import { toJobView } from './job-view.ts'
import { keyIn } from './key-in.ts'
import { pageOf } from './page-of.ts'

const DEFAULT_LIMIT = 50

/** A page of the jobs. Only those on the page are projected. */
export function toJobList(reading: SnapshotReading, query: AskedJobs): JobListView {
  const { limit = DEFAULT_LIMIT, cursor, search, tag: tags, owner, state, order = 'name' } = query
  const { window: windows, fields: only, explain } = query
  const { snapshot, stale } = reading
  const scope = metricScopeOf(reading)
  const found = [...snapshot.jobs, ...snapshot.retired].filter((job) => meets(job, { search, tags, owner }))
  const wanted =
    state === undefined
      ? found.filter(({ isRetired }) => !isRetired)
      : found.filter((job) => state.some((one) => isInState(job, one)))
  const value = keyIn(JOB_ORDERS, order)
  const nameOf = ({ name }: JobReading) => name
  const keyOf = value === null ? nameOf : (job: JobReading) => value(narrow(scope, 'job', job))
  const { items, next_cursor } = pageOf(wanted, { limit, cursor, order, keyOf, nameOf })
  return {
    snapshot_id: snapshot.id,
    as_of: toIso(snapshot.asOf),
    stale,
    no_longer_exact: stoppedMetrics(snapshot),
    total: wanted.length,
    counts: countJobs(found),
    items: items.map((job) => toJobView(job, scope, { windows, only })),
    next_cursor,
    ...explained(explain, { reading, audience: 'admin', parts: { job: () => items } }),
  }
}
