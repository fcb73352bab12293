import { initialControl } from '../src/control/control.ts'
import { randomInstanceId } from '../src/ids.ts'
import { defineJob } from '../src/job/define-job.ts'
import { type StoreMeasures, sumRuns } from '../src/ports/measures.ts'
import type { SchedulerSnapshot } from '../src/reading/snapshot.ts'
import { type CallTally, EMPTY_CALL_TALLY, EMPTY_RUN_TALLY, type RunTally } from '../src/run/counters.ts'
import { every } from '../src/schedule/every.ts'
import { buildSnapshot, type SnapshotInput } from '../src/snapshot/build-snapshot.ts'
import { readFeeds } from '../src/snapshot/read-feeds.ts'
import { toPolicies } from '../src/snapshot/to-policies.ts'
import { CONDITIONS, FEED_WORDS } from './declared.ts'

export const LAST_RUN = Date.parse('2025-09-16T01:56:23.202Z')
export const AS_OF = LAST_RUN + 60_000

const job = defineJob({
  name: 'poll',
  schedule: every({ minutes: 15, anchorAt: new Date(LAST_RUN) }),
  handler: () => {},
})
const policies = toPolicies(job)

/** What was measured; the totals are those of the jobs. */
export type Measured = Omit<StoreMeasures, 'totals'>

export interface Scripted extends Partial<Omit<SnapshotInput, 'measures'>> {
  readonly measures?: Measured
}

/** The snapshot of the two frozen responses. `changes` vary it. */
export function scriptedSnapshot({ measures = SCRIPTED, ...changes }: Scripted = {}): SchedulerSnapshot {
  return buildSnapshot({
    id: '1757987783-1',
    asOf: AS_OF,
    name: 'market_data_scheduler',
    state: 'running',
    reasons: [],
    timeZoneData: null,
    abandoned: [],
    uptime: { uptimeMs: 3_600_900, activeMs: 3_590_000, pausedMs: 10_000, erroredMs: 0 },
    concurrency: 50,
    queueTimeoutMs: 60_000,
    jobs: [{ job, policies, defaults: policies, override: {} }],
    retiredAs: (name) => ({ job: { ...job, name }, policies, defaults: policies, override: {} }),
    providers: [
      { name: 'yahoo_finance', enabled: true, apiKeyConfigured: null, conditions: { circuit: 'closed' } },
      { name: 'alpha_vantage', enabled: false, apiKeyConfigured: false, quotaRemaining: 25 },
    ],
    providerConditions: CONDITIONS,
    windowsMs: { recent: 86_400_000, last_hour: 3_600_000 },
    measures: { ...measures, totals: sumRuns(measures.jobs, ['recent', 'last_hour']) },
    host: {
      instance: null,
      role: 'scheduler',
      place: { host: null, pid: null, version: null },
      definitionsVersion: '0badcafe',
      feeds: readFeeds(
        {
          feeds: [
            {
              observation: {
                provider: 'yahoo_finance',
                feed: 'AAPL',
                eventAt: AS_OF - 90_500,
                fetchedAt: AS_OF - 1_000,
                changedAt: null,
                attainment: { expected: 160, inTime: 23 },
              },
              verdict: { status: 'fresh', expectedBy: AS_OF + 1_000 },
            },
          ],
          error: null,
          words: FEED_WORDS,
        },
        AS_OF,
      ),
      process: {
        cpuMs: 1_999,
        cpuPct: 1.5,
        rssBytes: 1_000_000,
        heapUsedBytes: 500_000,
        heapTotalBytes: 900_000,
        eventLoopDelayP50Ms: 0.2,
        eventLoopDelayP99Ms: 3,
        eventLoopDelayMaxMs: 9.75,
      },
      store: { readMs: 1.5, poolSize: 10, poolIdle: 9, poolWaiting: 0 },
      sessions: {
        opened: 12,
        closed: 11,
        open: 1,
        longestOpenMs: 20,
        held: [{ unit: 'job:poll', job: 'poll', openedAt: AS_OF - 20 }],
      },
      custom: {},
    },
    ...changes,
  })
}

export const NO_UPTIME = { uptimeMs: 0, activeMs: 0, pausedMs: 0, erroredMs: 0 }

/** Nothing ran yet. */
export const NOTHING: Measured = measuresOf({ lifetime: {}, recent: {}, calls: {} })

interface Counted {
  readonly lifetime: Partial<RunTally>
  readonly recent: Partial<RunTally>
  readonly calls: Partial<CallTally>
}

function measuresOf({ lifetime, recent, calls }: Counted): Measured {
  const ran = Object.keys(lifetime).length > 0
  const called = { ...EMPTY_CALL_TALLY, ...calls }
  const lastRunAt = ran ? LAST_RUN : null
  const measures = {
    since: AS_OF - 86_400_000,
    control: initialControl(AS_OF - 86_400_000),
    instances: [
      {
        instance: randomInstanceId(),
        firstSeenAt: LAST_RUN,
        lastSeenAt: AS_OF,
        leaseMs: 15_000,
        leftAt: null,
        timeZoneData: null,
        host: null,
        pid: null,
        version: null,
        running: 0,
        role: 'scheduler',
        concurrency: 50,
        droppedMessages: 0,
        leftMessages: 0,
      },
    ],
    series: { of: 'run', tallies: [] },
    jobs: [
      {
        job: 'poll',
        since: LAST_RUN,
        cursor: LAST_RUN,
        wall: null,
        retiredAt: null,
        running: 0,
        queued: 0,
        oldestQueuedAt: null,
        workers: 0,
        latestStartAt: null,
        lifetime: { ...EMPTY_RUN_TALLY, ...lifetime },
        windows: { recent: { ...EMPTY_RUN_TALLY, ...recent }, last_hour: EMPTY_RUN_TALLY },
        lastRunAt,
        lastSuccessAt: lastRunAt,
        lastFailureAt: null,
        lastOutcome: null,
        lastErrorCode: null,
        consecutiveFailures: 0,
        unmet: null,
        runningDueAt: null,
      },
    ],
    providers: [
      {
        provider: 'yahoo_finance',
        lifetime: called,
        windows: { recent: called, last_hour: EMPTY_CALL_TALLY },
        lastSuccessAt: lastRunAt,
      },
    ],
  } as const
  return measures
}

const SCRIPTED = measuresOf({
  lifetime: { succeeded: 59, failed: 1, items_processed: 187, attempts: 61, duration_ms: 9_000, timed_runs: 60 },
  recent: { succeeded: 3, items_processed: 8 },
  calls: { calls: 8, answered: 8, succeeded: 8, answered_ms: 1_200 },
})
