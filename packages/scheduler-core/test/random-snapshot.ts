import fc from 'fast-check'

import { defineJob } from '../src/job/define-job.ts'
import { defineMetric, readCustomMetrics } from '../src/metrics/custom-metric.ts'
import { FEED_GRADES } from '../src/ports/feeds.ts'
import {
  FEEDS_ERROR_CODES,
  OBSERVED_STATES,
  type SchedulerSnapshot,
  type SnapshotReading,
} from '../src/reading/snapshot.ts'
import { cron } from '../src/schedule/cron.ts'
import { every } from '../src/schedule/every.ts'
import { once } from '../src/schedule/once.ts'
import { readFeeds } from '../src/snapshot/read-feeds.ts'
import { toPolicies } from '../src/snapshot/to-policies.ts'
import { CONDITIONS, FEED_WORDS } from './declared.ts'
import { count, instant, milliseconds, NAMES, orNull, randomMeasures } from './random-measures.ts'
import { AS_OF, scriptedSnapshot } from './scripted-snapshot.ts'

/** Anything that a host's own code may return where a number is wanted. */
const ofHost = fc.oneof(
  fc.double(),
  fc.nat(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
)
/** A host's feeds may be at any finite number: their reader lets no other pass. */
const instantOfHost = fc.oneof(instant, fc.double({ noNaN: true, noDefaultInfinity: true }))
const JOBS = [
  { name: 'poll', schedule: every({ minutes: 15 }) },
  { name: 'rebalance', schedule: cron('30 2 * * 1-5', { timezone: 'Europe/Berlin' }) },
  { name: 'report', schedule: once(new Date(AS_OF + 1)) },
].map((job) => defineJob({ ...job, handler: () => {} }))

const POWERED = { name: 'powered', states: ['mains', 'battery'], title: 'Power', help: 'What it runs on.' }
/** One that is declared, or any word of the host's. */
const stateOfHost = fc.constantFrom('closed', 'half_open', 'open', 'mains', 'battery', 'db.internal')

const provider = fc.record(
  {
    name: fc.constantFrom(...NAMES),
    enabled: fc.boolean(),
    apiKeyConfigured: orNull(fc.boolean()),
    quotaRemaining: orNull(ofHost),
    conditions: fc.record({ circuit: orNull(stateOfHost), powered: orNull(stateOfHost) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['name', 'enabled', 'apiKeyConfigured'] },
)

const attainment = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ expected: a + b, inTime: a }))
const observation = fc.record(
  {
    provider: fc.constantFrom(...NAMES),
    feed: fc.constantFrom(...NAMES),
    eventAt: orNull(instantOfHost),
    fetchedAt: orNull(instantOfHost),
    changedAt: orNull(instantOfHost),
    attainment: orNull(attainment),
  },
  { requiredKeys: ['provider', 'feed', 'eventAt', 'fetchedAt', 'changedAt'] },
)
const OTHER_WORDS = [{ word: 'under_maintenance', title: 'Feeds under maintenance', help: 'Nobody expects them.' }]

/** Of hosts whose feeds have no words of their own, those of market data, or others. */
const feeds = fc.constantFrom([], FEED_WORDS, OTHER_WORDS, [...FEED_WORDS, ...OTHER_WORDS]).chain((words) => {
  const status = fc.constantFrom(...FEED_GRADES, ...words.map(({ word }) => word))
  const judged = fc.record({ observation, verdict: fc.record({ status, expectedBy: orNull(instantOfHost) }) })
  return fc.oneof(
    fc.array(judged, { maxLength: 4 }).map((all) => readFeeds({ feeds: all, error: null, words }, AS_OF)),
    fc.constantFrom(...FEEDS_ERROR_CODES).map((error) => readFeeds({ feeds: null, error, words }, AS_OF)),
  )
})

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

/** The behaviour of a host's own metric when it is read: it returns anything at all, or throws. */
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
    providerConditions: fc.constantFrom([], CONDITIONS, [POWERED], [...CONDITIONS, POWERED]),
    measures: randomMeasures,
    host: fc.record({
      instance: fc.constant(null),
      role: fc.constant('scheduler' as const),
      place: fc.constant({ host: null, pid: null, version: null }),
      definitionsVersion: fc.constant('0badcafe'),
      feeds,
      process: orNull(process),
      store: fc.record({
        readMs: ofHost,
        poolSize: orNull(ofHost),
        poolIdle: orNull(ofHost),
        poolWaiting: orNull(ofHost),
      }),
      sessions: fc.record({
        opened: count,
        closed: count,
        open: count,
        longestOpenMs: orNull(milliseconds),
        held: fc.array(
          fc.record({
            unit: fc.string(),
            job: fc.option(fc.constantFrom('poll', 'report', 'other')),
            openedAt: instant,
          }),
          { maxLength: 3 },
        ),
      }),
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
