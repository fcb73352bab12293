import type { EpochMs, ItemCounts, Run, RunState, SettledRunState } from '@pm/scheduler-core'
import {
  addDistributions,
  type CallTally,
  type ClaimedRun,
  distributionOf,
  isOpenState,
  type NewUnrunRange,
  NO_ITEMS,
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
      readonly state: RunState
      /** How long it waits for a worker; `null` when it is not queued, `Infinity` when no worker ever has it. */
      readonly waitMs: number | null
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

/** How long before it is settled a run of a history is claimed. */
export const RUNNING_MS = SECOND

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
  waitMs: fc.constant(null),
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

/** A run that waits for a worker. Some wait still, and some were cancelled before a worker had them. */
const queuedRun: fc.Arbitrary<Happening> = fc
  .tuple(run, fc.option(fc.nat(RUNNING_MS - 1), { nil: Infinity }), fc.boolean())
  .map(([each, waitMs, isCancelled]) => {
    if (each.kind !== 'run') return each
    if (waitMs < Infinity) return { ...each, waitMs, earlierAttempts: 0 }
    const untouched = { attempt: 0, earlierAttempts: 0, durationMs: null, items: NO_ITEMS, calls: [] }
    return { ...each, ...untouched, waitMs, state: isCancelled ? 'cancelled' : 'queued' }
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

const happening = fc.oneof(
  { weight: 2, arbitrary: run },
  { weight: 1, arbitrary: queuedRun },
  { weight: 1, arbitrary: unrun },
)
export const happenings = fc.array(happening, { maxLength: 80, size: 'max' })

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
    happening.kind === 'run' ? [storyOf(scene, happening, index)] : [],
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
      for (const run of await takeOverAll(scene, runs, isDue)) claimed.set(run.id, run)
      const settlements = runs.flatMap(({ happening, claim }) => {
        const run = claimed.get(claim.id)
        if (run === undefined || isOpenState(happening.state) || !isDue(happening.settledAt)) return []
        const { settledAt, attempt, durationMs, items, calls } = happening
        const state: SettledRunState = happening.state
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

/** A run of a history: how it is claimed, and when a worker takes it over; `null` when none does. */
function storyOf<S>(scene: Scene<S>, happening: Happening & { kind: 'run' }, index: number) {
  const claim = claimOf(scene, happening, index)
  const { waitMs } = happening
  const isTaken = waitMs !== null && waitMs < Infinity
  return { happening, claim, takenAt: isTaken ? claim.startedAt + waitMs : null }
}

type Story = ReturnType<typeof storyOf>

/** Takes over what is due to be, each run at its instant. */
async function takeOverAll<S>(scene: Scene<S>, stories: readonly Story[], isDue: (instant: EpochMs) => boolean) {
  const { scheduler, store, owner } = scene
  const taken: Run[] = []
  for (const { claim, takenAt: now } of stories) {
    if (now === null || !isDue(now)) continue
    const input = { scheduler, ids: [claim.id], jobs: [claim.job], owner, now, leaseUntil: now + MINUTE }
    taken.push(...(await scene.unit((s) => store.takeOver(s, input))).runs)
  }
  return taken
}

function claimOf<S>(scene: Scene<S>, happening: Happening & { kind: 'run' }, index: number) {
  const { job, manual, settledAt, latenessMs, earlierAttempts, waitMs } = happening
  const startedAt = settledAt - RUNNING_MS
  return scene.newRun({
    job,
    id: randomRunId(),
    scheduledFor: manual ? null : FIRST_DUE + index * APART,
    startedAt,
    earlierAttempts,
    ...(waitMs === null
      ? { latenessMs: manual ? null : latenessMs, attempt: earlierAttempts + 1 }
      : { latenessMs: null, attempt: 0, queuedAt: startedAt }),
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
