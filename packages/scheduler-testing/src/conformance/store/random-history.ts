import type { EpochMs, ItemCounts, SettledRunState } from '@pm/scheduler-core'
import {
  addDistributions,
  type CallTally,
  type ClaimedRun,
  distributionOf,
  type NewUnrunRange,
  type ProviderCalls,
  randomRunId,
  SETTLED_RUN_STATES,
} from '@pm/scheduler-core/store'
import fc from 'fast-check'

import { HOUR, MINUTE, type Scene, SECOND, settlementOf, T0 } from '../harness/scene.ts'

/** One entry of a ledger before it has an identity: what a random history is made of. */
export type Happening =
  | {
      readonly kind: 'run'
      readonly job: string
      readonly manual: boolean
      readonly state: SettledRunState | 'running'
      readonly settledAt: EpochMs
      readonly attempt: number
      readonly earlierAttempts: number
      readonly latenessMs: number
      readonly durationMs: number | null
      readonly items: ItemCounts
      readonly calls: readonly ProviderCalls[]
    }
  | (Pick<NewUnrunRange, 'job' | 'state' | 'reason' | 'dueCount' | 'settledAt'> & { readonly kind: 'unrun' })

export const JOBS = ['poll', 'rebalance', 'report'] as const
export const PROVIDERS = ['alpha_vantage', 'yahoo_finance'] as const

/** The stretch of time that random histories lie in: longer than a day, beginning on an hour. */
export const STRETCH = { from: T0 - 27 * HOUR, to: T0 }

/** Instants with a taste for the edges of minutes and hours and the milliseconds beside them. */
export const instant: fc.Arbitrary<EpochMs> = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 27 }).map((hours) => hours * HOUR),
      fc.integer({ min: 0, max: 27 * 60 }).map((minutes) => minutes * MINUTE),
      fc.integer({ min: 0, max: 27 * HOUR }),
    ),
    fc.constantFrom(0, 0, -1, 1),
  )
  .map(([offset, nudge]) => STRETCH.from + offset + nudge)

const count = fc.nat(9)

/** Short and long times, and those beside the bounds of buckets. */
const milliseconds = fc.oneof(fc.nat(120), fc.nat(90_000), fc.nat(10_000_000))

const responses: fc.Arbitrary<Pick<CallTally, 'answered' | 'answered_ms' | 'distributions'>> = fc
  .array(milliseconds, { maxLength: 9 })
  .map((values) => ({
    answered: values.length,
    answered_ms: values.reduce((sum, value) => sum + value, 0),
    distributions: { answered_ms: addDistributions(values.map(distributionOf)) },
  }))

const tally: fc.Arbitrary<CallTally> = fc
  .record({ calls: count, succeeded: count, failed: count, rate_limited: count, served_as_fallback: count, responses })
  .map(({ responses: measured, ...counts }) => ({ ...counts, ...measured }))

const run: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constant('run'),
  job: fc.constantFrom(...JOBS),
  manual: fc.boolean(),
  state: fc.constantFrom('running', 'succeeded', ...SETTLED_RUN_STATES),
  settledAt: instant,
  attempt: fc.integer({ min: 3, max: 6 }),
  earlierAttempts: fc.nat(2),
  latenessMs: milliseconds,
  durationMs: fc.option(milliseconds, { nil: null }),
  items: fc.record({ processed: count, failed: fc.oneof(fc.constant(0), count), skipped: count }),
  calls: fc
    .subarray([...PROVIDERS])
    .chain((providers) => fc.tuple(...providers.map((provider) => tally.map((each) => ({ provider, tally: each }))))),
})

const unrun: fc.Arbitrary<Happening> = fc
  .record({
    kind: fc.constant('unrun'),
    job: fc.constantFrom(...JOBS),
    end: fc.constantFrom(
      { state: 'missed', reason: null } as const,
      { state: 'suppressed', reason: null } as const,
      { state: 'skipped', reason: 'overlap' } as const,
      { state: 'skipped', reason: 'excluded' } as const,
    ),
    dueCount: fc.integer({ min: 1, max: 500 }),
    settledAt: instant,
  })
  .map(({ end, ...rest }) => ({ ...rest, ...end }))

export const happenings = fc.array(fc.oneof({ weight: 3, arbitrary: run }, { weight: 1, arbitrary: unrun }), {
  maxLength: 80,
  size: 'max',
})

/** Where something of a history lies just within a window or just beyond it: one of its instants, shifted by a width. */
export function telling(widths: readonly number[]): fc.Arbitrary<(history: readonly Happening[]) => EpochMs> {
  const shift = fc.tuple(fc.nat(79), fc.constantFrom(0, ...widths), fc.constantFrom(0, -1, 1))
  return shift.map(
    ([which, width, nudge]) =>
      (history) =>
        (history[which % Math.max(1, history.length)]?.settledAt ?? STRETCH.to) + width + nudge,
  )
}

/** Makes a whole history happen in a scene. */
export async function playHistory<S>(scene: Scene<S>, history: readonly Happening[]): Promise<void> {
  const { playUntil } = await stageHistory(scene, history)
  await playUntil(Number.POSITIVE_INFINITY)
}

/** How long before it is settled a run of a history starts. */
export const RUNNING_MS = SECOND

/** A history that happens bit by bit, in the order of its instants, so that the latest of a job is settled last. */
export async function stageHistory<S>(
  scene: Scene<S>,
  history: readonly Happening[],
): Promise<{
  /** Makes happen what is left up to this instant. */
  playUntil(instant: EpochMs): Promise<void>
}> {
  await scene.register(JOBS, { cursor: FIRST_DUE - APART, now: STRETCH.from })
  const inOrder = [...history].sort((a, b) => recordedAt(a) - recordedAt(b))
  const runs = inOrder.flatMap((happening, index) =>
    happening.kind === 'run' ? [{ happening, claim: claimOf(scene, happening, index) }] : [],
  )
  const unrun = inOrder.flatMap((happening, index) =>
    happening.kind === 'unrun' ? [{ job: happening.job, range: rangeOf(happening, index) }] : [],
  )
  const claimed = new Map<string, ClaimedRun>()
  let played = Number.NEGATIVE_INFINITY

  return {
    async playUntil(until) {
      const isDue = (instant: EpochMs) => instant > played && instant <= until
      const changes = JOBS.map((job) => ({
        job,
        claims: runs.flatMap(({ claim }) => (claim.job === job && isDue(claim.startedAt) ? [claim] : [])),
        unrun: unrun.flatMap(({ job: of, range }) => (of === job && isDue(range.settledAt) ? [range] : [])),
      }))
      for (const run of await scene.record(...changes)) claimed.set(run.id, run)
      const settlements = runs.flatMap(({ happening, claim }) => {
        const run = claimed.get(claim.id)
        if (run === undefined || happening.state === 'running' || !isDue(happening.settledAt)) return []
        const { state, settledAt, attempt, durationMs, items, calls } = happening
        return [settlementOf(run, { state, settledAt, attempt, durationMs, items, calls })]
      })
      const half = settlements.length >> 1
      for (const part of [settlements.slice(0, half), settlements.slice(half)]) {
        if (part.length > 0) await scene.settleAll(part)
      }
      played = until
    },
  }
}

function claimOf<S>(scene: Scene<S>, happening: Happening & { kind: 'run' }, index: number) {
  const { job, manual, settledAt, latenessMs, earlierAttempts } = happening
  return scene.newRun({
    job,
    id: randomRunId(),
    scheduledFor: manual ? null : FIRST_DUE + index * APART,
    startedAt: settledAt - RUNNING_MS,
    latenessMs: manual ? null : latenessMs,
    attempt: earlierAttempts + 1,
    earlierAttempts,
  })
}

function rangeOf({ kind: _, ...range }: Happening & { kind: 'unrun' }, index: number): NewUnrunRange {
  const scheduledFor = FIRST_DUE + index * APART
  const through = scheduledFor + (range.dueCount - 1) * SECOND
  return { ...range, id: randomRunId(), scheduledFor, through }
}

/** When a happening comes into the ledger. */
function recordedAt(happening: Happening): EpochMs {
  return happening.kind === 'run' ? happening.settledAt - RUNNING_MS : happening.settledAt
}

/**
 * Longer than any range of due times: each happening has due times of its own, because a ledger accounts for each of them
 * once. They come in the order in which they are recorded, and all before the first is.
 */
const APART = HOUR
const FIRST_DUE = STRETCH.from - 100 * APART
