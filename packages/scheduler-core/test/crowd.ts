import { randomInstanceId } from '../src/ids.ts'
import { defineJob } from '../src/job/define-job.ts'
import type { FeedsReading, SchedulerSnapshot } from '../src/reading/snapshot.ts'
import { EMPTY_RUN_TALLY } from '../src/run/counters.ts'
import { addDistributions, distributionOf } from '../src/run/distribution.ts'
import { cron } from '../src/schedule/cron.ts'
import { readFeeds } from '../src/snapshot/read-feeds.ts'
import { toPolicies } from '../src/snapshot/to-policies.ts'
import { AS_OF, NOTHING, type Scripted, scriptedSnapshot } from './scripted-snapshot.ts'

export interface Crowd {
  /** Jobs that all fail, run long and are overdue, with names of 64 characters. */
  readonly jobs: number
  /** Feeds that are all expired (default none). */
  readonly feeds?: number
}

const DAY_MS = 86_400_000
const DEAD_INSTANCES = 1_800
const LIVE_INSTANCES = 30

/** A snapshot in which everything is wrong. */
export function crowdedSnapshot(crowd: Crowd): SchedulerSnapshot {
  return scriptedSnapshot(inputOf(crowd))
}

function inputOf({ jobs: count, feeds = 0 }: Crowd): Scripted {
  const jobs = Array.from({ length: count }, (_, at) => {
    const schedule = cron(`${at % 60} * * * *`, { timezone: 'UTC' })
    const job = defineJob({ name: nameOf(at), schedule, handler: () => {} })
    const policies = toPolicies(job)
    return { job, policies, defaults: policies, override: {} }
  })
  const base = scriptedSnapshot()
  return {
    jobs,
    measures: { ...NOTHING, jobs: jobs.map(({ job }) => measuresOf(job.name)), instances: instances() },
    host: {
      instance: null,
      role: 'scheduler',
      place: { host: null, pid: null, version: null },
      definitionsVersion: '0badcafe',
      feeds: feedsOf(feeds),
      process: base.process,
      store: base.store,
      sessions: {
        ...base.sessions,
        held: Array.from({ length: 20 }, (_, at) => ({ unit: `job:${nameOf(at)}`, job: nameOf(at), openedAt: AS_OF })),
      },
      custom: {},
    },
  }
}

export function nameOf(at: number): string {
  return `recalculate.portfolio.${String(at).padStart(6, '0')}`.padEnd(64, 'x')
}

function measuresOf(job: string) {
  const distribution = addDistributions(Array.from({ length: 40 }, (_, at) => distributionOf(1_000 + 137 * at)))
  const distributions = { duration_ms: distribution, lateness_ms: distribution, queue_wait_ms: distribution }
  const tally = { ...EMPTY_RUN_TALLY, succeeded: 1_234, failed: 98_765, attempts: 98_765, distributions }
  return {
    job,
    since: AS_OF - 30 * DAY_MS,
    cursor: AS_OF - DAY_MS,
    wall: null,
    retiredAt: null,
    running: 1,
    queued: 7,
    oldestQueuedAt: AS_OF - DAY_MS,
    workers: 0,
    latestStartAt: AS_OF - DAY_MS,
    lifetime: tally,
    windows: { recent: tally, last_hour: tally },
    lastRunAt: AS_OF - 60_000,
    lastSuccessAt: AS_OF - 20 * DAY_MS,
    lastFailureAt: AS_OF - 60_000,
    lastOutcome: 'timed_out' as const,
    lastErrorCode: 'x'.repeat(64),
    consecutiveFailures: 98_765,
    unmet: null,
    runningDueAt: null,
  }
}

function instances() {
  return Array.from({ length: DEAD_INSTANCES + LIVE_INSTANCES }, (_, at) => ({
    instance: randomInstanceId(),
    firstSeenAt: AS_OF - 30 * DAY_MS,
    leaseMs: 15_000,
    leftAt: null,
    timeZoneData: null,
    host: null,
    pid: null,
    version: null,
    lastSeenAt: at < LIVE_INSTANCES ? AS_OF - at : AS_OF - DAY_MS - at,
    running: 3,
    role: 'worker' as const,
    concurrency: 50,
    droppedMessages: 123_456,
    leftMessages: 123_456,
  }))
}

function feedsOf(count: number): FeedsReading {
  const feeds = Array.from({ length: count }, (_, at) => ({
    observation: {
      provider: 'yahoo_finance',
      feed: nameOf(at),
      eventAt: AS_OF - DAY_MS - at,
      fetchedAt: AS_OF - at,
      changedAt: AS_OF - DAY_MS - at,
      attainment: { expected: 160, inTime: 23 },
    },
    verdict: { status: 'expired', expectedBy: AS_OF - DAY_MS + at },
  }))
  return readFeeds({ feeds, error: null, words: [] }, AS_OF)
}
