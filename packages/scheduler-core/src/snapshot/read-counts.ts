import { RUN_METRICS } from '../metrics/tables/run-metrics.ts'
import { countJobs } from '../reading/job-conditions.ts'
import type { CountsReading, JobReading, SchedulerSnapshot } from '../reading/snapshot.ts'
import { versionsIn } from '../reading/time-zone-data.ts'
import { addCounts } from '../run/count.ts'

/** The settled runs of jobs, as the metric counts them. */
function runsOf(jobs: readonly JobReading[]): number {
  const counters = RUN_METRICS.total_runs.numerator
  return jobs.flatMap(({ tallies: { lifetime } }) => counters.map((counter) => lifetime[counter])).reduce(addCounts, 0)
}

/** How many there are of what a snapshot lists. */
export function readCounts({
  jobs,
  retired,
  providers,
  instances,
  feeds,
}: Pick<SchedulerSnapshot, 'jobs' | 'retired' | 'providers' | 'instances' | 'feeds'>): CountsReading {
  const counted = countJobs(jobs)
  // An observer counts as no instance: it runs nothing. A worker computes no local time.
  const running = instances.filter(({ role }) => role !== 'observer')
  const live = running.filter(({ isLive }) => isLive)
  const { stale, expired, unknown } = feeds.counts
  return {
    jobs: counted.total,
    jobsOk: counted.ok,
    jobsFailing: counted.failing,
    jobsOverdue: counted.overdue,
    jobsNoWorker: counted.no_worker,
    jobsRunningLong: counted.running_long,
    jobsPaused: counted.paused,
    jobsRunning: counted.running,
    jobsQueued: counted.queued,
    jobsRetired: retired.length,
    retiredRuns: runsOf(retired),
    jobsInAttention: counted.total - counted.ok,
    providers: providers.length,
    instances: running.length,
    liveInstances: live.length,
    liveWorkers: live.filter(({ role }) => role === 'worker').length,
    droppedMessages: addKnown(running.map(({ droppedMessages }) => droppedMessages)),
    leftMessages: addKnown(running.map(({ leftMessages }) => leftMessages)),
    timeZoneDataVersions: versionsIn(running.filter(({ role }) => role === 'scheduler')),
    feedsInAttention: stale === null || expired === null || unknown === null ? null : stale + expired + unknown,
  }
}

/** The sum; `null` when one of them is unknown. */
function addKnown(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : addCounts(sum, count)),
    0,
  )
}
