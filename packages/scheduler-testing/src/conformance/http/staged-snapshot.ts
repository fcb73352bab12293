import { type Declared, defineJob, defineMetric, type SchedulerSnapshot } from '@pm/scheduler-core'
import { EMPTY_CALL_TALLY, EMPTY_RUN_TALLY } from '@pm/scheduler-core/store'
import type { CustomReading, PoliciesReading } from '@pm/scheduler-core/views'

import { JOB, T0 } from './staged-past.ts'

/** The staged host's own word for feeds of which nothing is due, and a condition of its providers. */
export const DECLARED: Declared = {
  feedWords: [
    { word: 'off_season', title: 'Feeds out of season', help: 'Feeds of which nothing is due before their season.' },
  ],
  providerConditions: [
    { name: 'power', states: ['mains', 'battery'], title: 'Power', help: 'What the provider runs on.' },
  ],
}

/** What the staged scheduler shows: with each number of the sequence, one item more. */
export function snapshotOf(sequence: number): SchedulerSnapshot {
  const tally = { ...EMPTY_RUN_TALLY, succeeded: 59, failed: 1, items_processed: 186 + sequence }
  const calls = { ...EMPTY_CALL_TALLY, calls: 10, answered: 9, succeeded: 8, failed: 2, answered_ms: 1_350 }
  const tallies = { lifetime: tally, recent: tally, last_hour: EMPTY_RUN_TALLY }
  const callTallies = { lifetime: calls, recent: calls, last_hour: EMPTY_CALL_TALLY }
  return {
    id: `1758-${sequence}`,
    asOf: T0,
    scheduler: {
      name: 'conformance',
      state: 'running',
      desired: 'running',
      asked: { by: 'ada', why: null, at: T0 - 86_400_000 },
      pausedUntil: null,
      controlVersion: 0,
      uptimeMs: 3_600_000,
      activeMs: 3_000_000,
      pausedMs: 600_000,
      erroredMs: 0,
      since: T0 - 86_400_000,
      running: 0,
      queued: 0,
      oldestQueuedAt: null,
      oldestQueuedMs: 0,
      lastRunAt: T0 - 60_000,
      lastSuccessAt: T0 - 60_000,
      lastFailureAt: null,
      nextRunAt: T0 + 840_000,
      intervalMs: 900_000,
      overdueMs: 0,
      concurrency: 50,
      timeZoneDataNumber: 2026.03,
      reasons: [],
      abandoned: [],
      abandonedHandlers: 0,
    },
    retired: [],
    jobs: [
      {
        name: JOB,
        isRetired: false,
        retiredAt: null,
        description: 'Fetches the prices.',
        owner: 'market data',
        tags: ['prices', 'yahoo'],
        runbookUrl: 'https://wiki.example.com/prices',
        takes: null,
        schedule: POLICIES.schedule,
        intervalMs: 900_000,
        paused: null,
        pausedSince: null,
        overdueMs: 0,
        overdueAllowedMs: 960_000,
        running: 0,
        queued: 0,
        oldestQueuedAt: null,
        oldestQueuedMs: 0,
        workers: 0,
        isQueueStalled: false,
        lastRunAt: T0 - 60_000,
        lastSuccessAt: T0 - 60_000,
        lastFailureAt: null,
        nextRunAt: T0 + 840_000,
        lastOutcome: null,
        lastErrorCode: null,
        consecutiveFailures: 0,
        conditions: [],
        policies: { ...POLICIES, timeoutMs: 60_000 },
        defaults: POLICIES,
        override: { timeoutMs: 60_000 },
        tallies,
      },
    ],
    providers: [
      {
        name: 'yahoo_finance',
        enabled: true,
        apiKeyConfigured: null,
        quotaRemaining: null,
        conditions: { power: 'mains' },
        lastSuccessAt: T0 - 60_000,
        tallies: callTallies,
      },
      {
        name: 'alpha_vantage',
        enabled: false,
        apiKeyConfigured: false,
        quotaRemaining: 25,
        conditions: { power: null },
        lastSuccessAt: null,
        tallies: { lifetime: EMPTY_CALL_TALLY, recent: EMPTY_CALL_TALLY, last_hour: EMPTY_CALL_TALLY },
      },
    ],
    providerConditions: DECLARED.providerConditions,
    totals: tallies,
    callTotals: callTallies,
    windowsMs: { recent: 86_400_000, last_hour: 3_600_000 },
    definitionsVersion: '0badcafe',
    feeds: {
      items: [
        {
          provider: 'yahoo_finance',
          feed: 'AAPL',
          status: 'fresh',
          eventAt: T0 - 60_000,
          fetchedAt: T0 - 1_000,
          changedAt: T0 - 60_000,
          askedAt: T0 - 1_100,
          answeredAt: T0 - 1_000,
          missingSince: null,
          unansweredAsks: 0,
          expectedBy: T0 + 840_000,
          ageMs: 60_000,
          attainmentPct: 99.5,
        },
      ],
      error: null,
      counts: { total: 1, fresh: 1, stale: 0, expired: 0, off_season: 0, unknown: 0 },
      words: DECLARED.feedWords,
    },
    instances: [
      {
        id: 'b1f0',
        isCurrent: true,
        isLive: true,
        startedAt: T0 - 3_600_000,
        heartbeatAt: T0 - 2_000,
        timeZoneData: '2026c',
        host: 'web-1',
        pid: 7,
        version: null,
        role: 'scheduler',
        state: 'running',
        running: 0,
        concurrency: 50,
        droppedMessages: 0,
        leftMessages: 0,
      },
    ],
    counts: {
      jobs: 1,
      jobsOk: 1,
      jobsFailing: 0,
      jobsOverdue: 0,
      jobsNoWorker: 0,
      jobsRunningLong: 0,
      jobsPaused: 0,
      jobsRunning: 0,
      jobsQueued: 0,
      jobsRetired: 0,
      retiredRuns: 0,
      jobsInAttention: 0,
      providers: 2,
      instances: 1,
      liveInstances: 1,
      liveWorkers: 0,
      droppedMessages: 0,
      leftMessages: 0,
      timeZoneDataVersions: 1,
      feedsInAttention: 0,
    },
    process: null,
    store: { readMs: 1.5, poolSize: null, poolIdle: null, poolWaiting: null },
    sessions: { opened: 12, closed: 12, open: 0, longestOpenMs: null, held: [] },
    custom: {
      open_orders: ownMetric('open_orders', { value: 3, error: null }),
      broken_metric: ownMetric('broken_metric', { value: null, error: 'METRIC_THREW' }),
    },
  }
}

function ownMetric(id: string, outcome: Omit<CustomReading, 'definition'>): CustomReading {
  const { read: _, ...definition } = defineMetric({ id, title: id, help: id, unit: 'items', read: () => outcome.value })
  return { definition, ...outcome }
}

/** A job without what is no policy of it. */
const {
  name: _name,
  handler: _handler,
  exclude: _exclude,
  retry: { retryable: _retryable, ...retry },
  ...policies
} = defineJob({
  name: JOB,
  schedule: { kind: 'every', periodMs: 900_000, anchorAt: 0 },
  handler: () => {},
  timeoutMs: null,
})
const POLICIES: PoliciesReading = { ...policies, retry }
