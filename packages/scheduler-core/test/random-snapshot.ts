import fc from 'fast-check'

import { randomInstanceId } from '../src/ids.ts'
import { defineJob } from '../src/job/define-job.ts'
import { defineMetric, readCustomMetrics } from '../src/metrics/custom-metric.ts'
import { DESIRED_STATES } from '../src/ports/control.ts'
import { FEED_STATUSES } from '../src/ports/feeds.ts'
import type { JobMeasures, Measures, ProviderMeasures } from '../src/ports/store.ts'
import { CALL_FACTS, RUN_FACTS, type TallyFacts, toTally } from '../src/run/counters.ts'
import { addDistributions, distributionOf } from '../src/run/distribution.ts'
import { cron } from '../src/schedule/cron.ts'
import { every } from '../src/schedule/every.ts'
import { once } from '../src/schedule/once.ts'
import {
  CIRCUIT_STATES,
  FEEDS_ERROR_CODES,
  OBSERVED_STATES,
  type SchedulerSnapshot,
  type SnapshotReading,
} from '../src/snapshot/snapshot.ts'
import { toPolicies } from '../src/snapshot/to-policies.ts'
import { AS_OF, NOTHING, scriptedSnapshot } from './scripted-snapshot.ts'

/** Names as hosts may give them to providers and feeds, those of JavaScript's own among them. */
const NAMES = ['yahoo_finance', 'alpha_vantage', '__proto__', 'constructor', 'toString', '', 'Börse "X"', '7']

/** What a host's own code may answer where a number is wanted. */
const ofHost = fc.oneof(
  fc.double(),
  fc.nat(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
)
const instant = fc.oneof(fc.integer({ min: 0, max: AS_OF }), fc.constantFrom(AS_OF - 3_600_000, AS_OF))
/** A host's feeds may be at any finite number: their reader lets no other pass. */
const instantOfHost = fc.oneof(instant, fc.double({ noNaN: true, noDefaultInfinity: true }))
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const count = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1_000_000))
const milliseconds = fc.oneof(fc.nat(120), fc.nat(100_000), fc.maxSafeNat())

/** Any tally at all: stores hand over whole numbers, and views have to stand any of them. */
function tallyOf<C extends string, M extends C>(facts: TallyFacts<C, M>) {
  return fc
    .record({
      counts: fc.array(count, { minLength: facts.counters.length, maxLength: facts.counters.length }),
      values: fc.array(fc.array(milliseconds, { maxLength: 6 }), {
        minLength: facts.measures.length,
        maxLength: facts.measures.length,
      }),
    })
    .map(({ counts, values }) =>
      toTally(facts, {
        count: (_, index) => counts[index] ?? 0,
        distribution: (_, index) => addDistributions((values[index] ?? []).map(distributionOf)),
      }),
    )
}

const windowsOf = <T>(tally: fc.Arbitrary<T>) => ({
  lifetime: tally,
  windows: fc.record({ recent: tally, last_hour: tally }),
})

const JOBS = [
  { name: 'poll', schedule: every({ minutes: 15 }) },
  { name: 'rebalance', schedule: cron('30 2 * * 1-5', { timezone: 'Europe/Berlin' }) },
  { name: 'report', schedule: once(new Date(AS_OF + 1)) },
].map((job) => defineJob({ ...job, handler: () => {} }))

const runTally = tallyOf(RUN_FACTS)
/** Every call has one outcome at most. */
const callTally = tallyOf(CALL_FACTS).map((tally) => {
  const { calls: open, succeeded, failed, rate_limited } = tally
  return { ...tally, calls: open + succeeded + failed + rate_limited }
})

const jobMeasures: fc.Arbitrary<JobMeasures> = fc.record({
  // One of them is no longer defined: it is in the sums, and has no block of its own.
  job: fc.constantFrom('poll', 'rebalance', 'report', 'retired'),
  since: instant,
  cursor: instant,
  running: count,
  ...windowsOf(runTally),
  lastRunAt: orNull(instant),
  lastSuccessAt: orNull(instant),
  lastFailureAt: orNull(instant),
  consecutiveFailures: count,
})

const providerMeasures: fc.Arbitrary<ProviderMeasures> = fc.record({
  provider: fc.constantFrom(...NAMES),
  ...windowsOf(callTally),
  lastSuccessAt: orNull(instant),
})

const measures: fc.Arbitrary<Measures> = fc.record({
  since: instant,
  control: fc.record({
    ...constants(NOTHING.control),
    desired: fc.constantFrom(...DESIRED_STATES),
    why: orNull(fc.string()),
    pausedUntil: orNull(instant),
    version: count,
  }),
  jobs: fc.uniqueArray(jobMeasures, { selector: ({ job }) => job, maxLength: 4 }),
  providers: fc.uniqueArray(providerMeasures, { selector: ({ provider }) => provider, maxLength: 4 }),
  instances: fc.array(
    fc.record({ instance: fc.constant(randomInstanceId()), firstSeenAt: instant, lastSeenAt: instant, running: count }),
    { maxLength: 2 },
  ),
  series: fc.constant(NOTHING.series),
})

const provider = fc.record(
  {
    name: fc.constantFrom(...NAMES),
    enabled: fc.boolean(),
    apiKeyConfigured: orNull(fc.boolean()),
    quotaRemaining: orNull(ofHost),
    circuit: orNull(fc.constantFrom(...CIRCUIT_STATES)),
  },
  { requiredKeys: ['name', 'enabled', 'apiKeyConfigured'] },
)

const attainment = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ expected: a + b, inTime: a }))
const feed = fc.record({
  observation: fc.record(
    {
      provider: fc.constantFrom(...NAMES),
      feed: fc.constantFrom(...NAMES),
      eventAt: orNull(instantOfHost),
      fetchedAt: orNull(instantOfHost),
      changedAt: orNull(instantOfHost),
      attainment: orNull(attainment),
    },
    { requiredKeys: ['provider', 'feed', 'eventAt', 'fetchedAt', 'changedAt'] },
  ),
  verdict: fc.record({ status: fc.constantFrom(...FEED_STATUSES), expectedBy: orNull(instantOfHost) }),
})
const feeds = fc.oneof(
  fc.array(feed, { maxLength: 4 }).map((judged) => ({ feeds: judged, error: null })),
  fc.constantFrom(...FEEDS_ERROR_CODES).map((error) => ({ feeds: null, error })),
)

const process = fc.record({
  cpuMs: ofHost,
  cpuPct: orNull(ofHost),
  rssBytes: ofHost,
  heapUsedBytes: ofHost,
  heapTotalBytes: ofHost,
  eventLoopDelayP50Ms: orNull(ofHost),
  eventLoopDelayP99Ms: orNull(ofHost),
  eventLoopDelayMaxMs: orNull(ofHost),
})

/** What a host's own metric does when it is read: it answers anything at all, or throws. */
const custom = fc.array(fc.oneof(ofHost, fc.constantFrom(null, 'throws', 'promise')), { maxLength: 3 }).map((answers) =>
  readCustomMetrics(
    answers.map((answer, index) =>
      defineMetric({
        id: `own_${index}`,
        title: 'Own',
        help: 'Of the host.',
        unit: 'items',
        kind: index === 0 ? 'counter' : 'gauge',
        read() {
          if (answer === 'throws') throw new Error('db.internal')
          return (answer === 'promise' ? Promise.resolve(1) : answer) as number | null
        },
      }),
    ),
  ),
)

/** Any snapshot that a scheduler could take, whatever its store and its host say. */
export const randomSnapshot: fc.Arbitrary<SchedulerSnapshot> = fc
  .record({
    state: fc.constantFrom(...OBSERVED_STATES),
    reasons: fc.subarray(['STORE_UNAVAILABLE', 'CLOCK_SKEWED', 'CONFIGURATION_CORRUPT']),
    uptime: fc.record({ uptimeMs: count, activeMs: count, pausedMs: count, erroredMs: count }),
    concurrency: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constant(Infinity)),
    jobs: fc.subarray(JOBS, { minLength: 1 }).map((defined) =>
      defined.map((job) => {
        const policies = toPolicies(job)
        return { job, policies, defaults: policies, override: {} }
      }),
    ),
    providers: fc.uniqueArray(provider, { selector: ({ name }) => name, maxLength: 4 }),
    measures,
    host: fc.record({
      instance: fc.constant(null),
      definitionsVersion: fc.constant('0badcafe'),
      feeds,
      process: orNull(process),
      store: fc.record({
        readMs: ofHost,
        poolSize: orNull(ofHost),
        poolIdle: orNull(ofHost),
        poolWaiting: orNull(ofHost),
      }),
      sessions: fc.record({ opened: count, closed: count, open: count, longestOpenMs: orNull(milliseconds) }),
      custom,
    }),
  })
  .map((changes) => scriptedSnapshot(changes))

/** Any snapshot as a reader gets it, fresh or stale. */
export const randomReading: fc.Arbitrary<SnapshotReading> = fc.record({
  snapshot: randomSnapshot,
  stale: fc.boolean(),
  ageMs: milliseconds,
})

function constants<T extends object>(value: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  const entries = Object.entries(value).map(([name, part]) => [name, fc.constant(part)])
  return Object.fromEntries(entries) as { [K in keyof T]: fc.Arbitrary<T[K]> }
}
