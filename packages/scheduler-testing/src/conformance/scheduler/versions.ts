import { type EpochMs, every, type JobOptions, type Scheduler } from '@pm/scheduler-core'
import type { DefinitionSpan } from '@pm/scheduler-core/store'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, openStage, SECOND, type Stage, T0 } from './stage.ts'

/**
 * The period of the job in each version; `null` where it is not in the code. The grids meet often, so that a due time
 * of one version is often one of another.
 */
const PERIODS = [MINUTE, 2 * MINUTE, null, 90 * SECOND] as const

const MOST_OPEN = 4

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), version: fc.nat(PERIODS.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), which: fc.nat(MOST_OPEN - 1) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 200 }) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What happens in one life: the instances that are open, and the due times that ran. */
interface Life<S extends object> {
  readonly stage: Stage<S>
  readonly open: Scheduler[]
  readonly ran: EpochMs[]
}

/** Versions that open and close in any order, with and without the job. */
export function neverAlternates<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('of versions in any order of opening and closing, one holds at any instant, and each due time is of exactly one', async () => {
    const lives = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const life: Life<S> = { stage: await openStage(createHarness), open: [], ran: [] }
      for (const each of steps) await befall(life, each)
      await checkLife(life)
    })
    await fc.assert(lives, { numRuns: (await createHarness().then(isShared)) ? 3 : 15 })
  }, 120_000)
}

async function befall<S extends object>({ stage, open, ran }: Life<S>, each: Step): Promise<void> {
  switch (each.kind) {
    case 'pass':
      return stage.pass(each.seconds * SECOND)
    case 'close': {
      const [closing] = open.splice(each.which, 1)
      if (closing) await stage.end(closing)
      return
    }
    case 'open':
      if (open.length < MOST_OPEN) open.push(await stage.begin(jobsOf<S>(each.version, ran)))
  }
}

async function checkLife<S extends object>({ stage, open, ran }: Life<S>): Promise<void> {
  const last = open.at(-1) ?? (await stage.begin(jobsOf<S>(0, ran)))
  await stage.pass(MINUTE)
  expect(new Set(ran).size).toBe(ran.length)
  const spans = await stage.definitions(last)
  expectOneAtATime(spans)
  // No version had the job.
  if (spans.length === 0) return
  // Each entry is due by the definition that held then, and each due time of it has one entry.
  const [audit] = await last.audit({ job: 'poll', from: T0 - MINUTE, to: stage.clock.now() + 1 })
  expect(audit).toMatchObject({ unexplained: [], accountedTwice: 0, offSchedule: 0 })
}

function expectOneAtATime(spans: readonly DefinitionSpan[]): void {
  for (const [index, { since, until }] of spans.entries()) {
    expect(until ?? Infinity).toBeGreaterThanOrEqual(since)
    expect(spans[index + 1]?.since ?? Infinity).toBeGreaterThanOrEqual(until ?? Infinity)
  }
}

async function isShared(harness: Awaited<ReturnType<CreateStoreHarness<object>>>): Promise<boolean> {
  await harness.close()
  return harness.store.capabilities.shared
}

function jobsOf<S>(version: number, ran: EpochMs[]): readonly JobOptions<S>[] {
  const other: JobOptions<S> = { name: 'other', schedule: every({ hours: 1 }), handler: () => {} }
  const periodMs = PERIODS[version] ?? null
  if (periodMs === null) return [other]
  const poll: JobOptions<S> = {
    name: 'poll',
    schedule: { kind: 'every', periodMs, anchorAt: 0 },
    handler: ({ scheduledFor }) => void ran.push(scheduledFor ?? 0),
  }
  return [poll, other]
}
