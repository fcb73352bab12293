import fc from 'fast-check'
import { DESIRED_STATES } from '../src/control/control.ts'
import { randomInstanceId } from '../src/ids.ts'
import { MAX_COUNT } from '../src/limits.ts'
import { INSTANCE_ROLES } from '../src/ports/definitions.ts'
import type { JobMeasures, ProviderMeasures } from '../src/ports/measures.ts'
import { addCounts } from '../src/run/count.ts'
import { CALL_FACTS, RUN_FACTS, type TallyFacts, toTally } from '../src/run/counters.ts'
import { addDistributions, distributionOf } from '../src/run/distribution.ts'
import { SETTLED_RUN_STATES } from '../src/run/states.ts'
import { AS_OF, type Measured, NOTHING } from './scripted-snapshot.ts'

/** Names that hosts may give to providers and feeds, including those of JavaScript's own properties. */
export const NAMES = ['yahoo_finance', 'alpha_vantage', '__proto__', 'constructor', 'toString', '', 'Börse "X"', '7']

export const instant = fc.oneof(fc.integer({ min: 0, max: AS_OF }), fc.constantFrom(AS_OF - 3_600_000, AS_OF))
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
export const count = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1_000_000))
export const milliseconds = fc.oneof(fc.nat(120), fc.nat(100_000), fc.maxSafeNat())

/** Now and then a count that is about to stop, or has stopped. */
const counted = fc.oneof(
  { weight: 12, arbitrary: count },
  { weight: 1, arbitrary: fc.constantFrom(MAX_COUNT / 2 + 0.5, MAX_COUNT - 1, MAX_COUNT) },
)

/** Any tally: stores return whole numbers, and views have to handle any of them. */
function tallyOf<C extends string, M extends C>(facts: TallyFacts<C, M>) {
  return fc
    .record({
      counts: fc.array(counted, { minLength: facts.counters.length, maxLength: facts.counters.length }),
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

const runTally = tallyOf(RUN_FACTS)
/** Every call has at most one outcome. */
const callTally = tallyOf(CALL_FACTS).map((tally) => {
  const { calls: open, succeeded, failed, rate_limited } = tally
  return { ...tally, calls: [open, succeeded, failed, rate_limited].reduce(addCounts) }
})

const jobMeasures: fc.Arbitrary<JobMeasures> = fc.record({
  // One of them is no longer defined: it counts in the sums, and has no block of its own.
  job: fc.constantFrom('poll', 'rebalance', 'report', 'retired'),
  since: instant,
  cursor: instant,
  wall: fc.constant(null),
  retiredAt: fc.constant(null),
  running: count,
  queued: count,
  oldestQueuedAt: orNull(instant),
  workers: fc.nat(2),
  latestStartAt: orNull(instant),
  ...windowsOf(runTally),
  lastRunAt: orNull(instant),
  lastSuccessAt: orNull(instant),
  lastFailureAt: orNull(instant),
  lastOutcome: orNull(fc.constantFrom(...SETTLED_RUN_STATES)),
  lastErrorCode: orNull(fc.constantFrom('HANDLER_FAILED', 'ECONNREFUSED')),
  consecutiveFailures: count,
  unmet: orNull(
    fc.tuple(instant, instant).map(([one, other]) => ({ from: Math.min(one, other), through: Math.max(one, other) })),
  ),
  runningDueAt: orNull(instant),
})

const providerMeasures: fc.Arbitrary<ProviderMeasures> = fc.record({
  provider: fc.constantFrom(...NAMES),
  ...windowsOf(callTally),
  lastSuccessAt: orNull(instant),
})

/** Anything that a store may have measured. */
export const randomMeasures: fc.Arbitrary<Measured> = fc.record({
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
    fc.record({
      instance: fc.constant(randomInstanceId()),
      firstSeenAt: instant,
      lastSeenAt: instant,
      leaseMs: fc.constantFrom(1_000, 15_000),
      leftAt: fc.constant(null),
      timeZoneData: fc.constantFrom(null, '2026a', '2026c'),
      host: fc.constantFrom(null, 'web-1'),
      pid: fc.constantFrom(null, 7),
      version: fc.constantFrom(null, 'r1'),
      running: count,
      role: fc.constantFrom(...INSTANCE_ROLES),
      concurrency: fc.constantFrom(null, 0, 50),
      droppedMessages: count,
      leftMessages: count,
    }),
    { maxLength: 2 },
  ),
  series: fc.constant(NOTHING.series),
})

function constants<T extends object>(value: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  const entries = Object.entries(value).map(([name, part]) => [name, fc.constant(part)])
  return Object.fromEntries(entries) as { [K in keyof T]: fc.Arbitrary<T[K]> }
}
