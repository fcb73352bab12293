import { countJobs } from '../reading/job-conditions.ts'
import type { CountsReading, SchedulerSnapshot } from '../reading/snapshot.ts'

/** How many there are of what a snapshot lists. */
export function readCounts({
  jobs,
  providers,
  instances,
  feeds,
}: Pick<SchedulerSnapshot, 'jobs' | 'providers' | 'instances' | 'feeds'>): CountsReading {
  const counted = countJobs(jobs)
  const { stale, expired, unknown } = feeds.counts
  return {
    jobs: counted.total,
    jobsOk: counted.ok,
    jobsFailing: counted.failing,
    jobsOverdue: counted.overdue,
    jobsRunningLong: counted.running_long,
    jobsPaused: counted.paused,
    jobsRunning: counted.running,
    jobsInAttention: counted.total - counted.ok,
    providers: providers.length,
    instances: instances.length,
    liveInstances: instances.filter(({ isLive }) => isLive).length,
    feedsInAttention: stale === null || expired === null || unknown === null ? null : stale + expired + unknown,
  }
}
