import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { MISFIRE_POLICIES, OVERLAP_POLICIES } from '../job/job.ts'
import type { InactiveSpan } from './inactive.ts'
import { planTick, type TickInput, type TickPlan } from './plan-tick.ts'

const SECOND = 1_000
const MINUTE = 60_000

/** A job due every minute on the minute, planned at 12 minutes past the epoch, accounted for up to minute 10. */
function tick(changes: Partial<TickInput> & { readonly policies?: Partial<TickInput['job']> } = {}): TickPlan {
  const { policies, ...input } = changes
  const job: TickInput['job'] = {
    schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 },
    misfirePolicy: 'run-latest',
    misfireGraceMs: MINUTE,
    overlapPolicy: 'skip',
    ...policies,
  }
  return planTick({ job, now: 11 * MINUTE, cursor: 10 * MINUTE, runningSince: [], inactive: [], held: null, ...input })
}

const unrun = (plan: TickPlan) =>
  plan.unrun.map(({ state, first, last, count }) => [state, first / MINUTE, last / MINUTE, count])

describe('a due time that has come', () => {
  it('runs, and the next tick is at the next due time', () => {
    expect(tick()).toEqual({
      unrun: [],
      run: 11 * MINUTE,
      hold: null,
      cancelRunning: false,
      cursor: 11 * MINUTE,
      wakeAt: 12 * MINUTE,
    })
  })

  it('is not run a millisecond early', () => {
    const plan = tick({ now: 11 * MINUTE - 1 })
    expect(plan).toMatchObject({ run: null, cursor: 10 * MINUTE, wakeAt: 11 * MINUTE })
  })

  it('is left alone when the clock went back behind it: it was run already', () => {
    const plan = tick({ now: 3 * MINUTE })
    expect(plan).toMatchObject({ run: null, unrun: [], cursor: 10 * MINUTE, wakeAt: 11 * MINUTE })
  })

  it('ends a schedule that has no further one', () => {
    const schedule = { kind: 'once', at: 11 * MINUTE } as const
    expect(tick({ policies: { schedule } })).toMatchObject({ run: 11 * MINUTE, wakeAt: null })
  })
})

describe('due times that were not started in time', () => {
  it('run-latest runs the last one and records the others as one range', () => {
    const plan = tick({ now: 15 * MINUTE + 30 * SECOND })
    expect(plan.run).toBe(15 * MINUTE)
    expect(unrun(plan)).toEqual([['missed', 11, 14, 4]])
  })

  it('are all missed when even the last one is beyond the grace', () => {
    const plan = tick({ now: 15 * MINUTE + 30 * SECOND, policies: { misfireGraceMs: 10 * SECOND } })
    expect(plan.run).toBeNull()
    expect(unrun(plan)).toEqual([['missed', 11, 15, 5]])
  })

  it('skip runs none of them, but does not mind a second', () => {
    const late = tick({ now: 11 * MINUTE + 1_001, policies: { misfirePolicy: 'skip' } })
    expect(late.run).toBeNull()
    expect(unrun(late)).toEqual([['missed', 11, 11, 1]])
    expect(tick({ now: 11 * MINUTE + 1_000, policies: { misfirePolicy: 'skip' } }).run).toBe(11 * MINUTE)
  })

  it('run-all takes them up one by one, the oldest within the grace first', () => {
    const policies = { misfirePolicy: 'run-all', misfireGraceMs: 3 * MINUTE } as const
    const plan = tick({ now: 15 * MINUTE, policies })
    expect(plan).toMatchObject({ run: 12 * MINUTE, cursor: 12 * MINUTE, wakeAt: 13 * MINUTE })
    expect(unrun(plan)).toEqual([['missed', 11, 11, 1]])
  })

  it('are one range and little work after ten years', () => {
    const now = 10 * 365 * 24 * 60 * MINUTE
    const plan = tick({ now, policies: { schedule: { kind: 'every', periodMs: SECOND, anchorAt: 0 } } })
    expect(plan.run).toBe(now)
    expect(plan.unrun).toHaveLength(1)
    expect(plan.unrun[0]?.count).toBe(now / SECOND - 10 * 60 - 1)
  })
})

describe('a due time while the previous run goes on', () => {
  const runningSince = [10 * MINUTE]

  it('is skipped, with the reason', () => {
    const plan = tick({ runningSince })
    expect(plan).toMatchObject({ run: null, cursor: 11 * MINUTE, wakeAt: 12 * MINUTE })
    expect(plan.unrun).toEqual([
      { state: 'skipped', reason: 'overlap', first: 11 * MINUTE, last: 11 * MINUTE, count: 1 },
    ])
  })

  it('allow runs it beside the other', () => {
    expect(tick({ runningSince, policies: { overlapPolicy: 'allow' } }).run).toBe(11 * MINUTE)
  })

  it('buffer-one holds it, and runs it however late once the other has settled', () => {
    const policies = { overlapPolicy: 'buffer-one', misfireGraceMs: SECOND } as const
    const holding = tick({ runningSince, policies })
    expect(holding).toMatchObject({ run: null, hold: 11 * MINUTE, cursor: 11 * MINUTE - 1, cancelRunning: false })
    const settled = tick({ cursor: holding.cursor, held: holding.hold, now: 11 * MINUTE + 30 * SECOND, policies })
    expect(settled.run).toBe(11 * MINUTE)
  })

  it('buffer-one holds the latest only: the one before has overlapped', () => {
    const policies = { overlapPolicy: 'buffer-one' } as const
    const plan = tick({ cursor: 11 * MINUTE - 1, held: 11 * MINUTE, now: 12 * MINUTE, runningSince, policies })
    expect(plan.hold).toBe(12 * MINUTE)
    expect(unrun(plan)).toEqual([['skipped', 11, 11, 1]])
  })

  it('cancel-running asks for the end of the other and waits for it', () => {
    const plan = tick({ runningSince, policies: { overlapPolicy: 'cancel-running' } })
    expect(plan).toMatchObject({ run: null, hold: 11 * MINUTE, cancelRunning: true })
  })

  it('run-all lets a due time from before that run wait for its turn', () => {
    const policies = { misfirePolicy: 'run-all', misfireGraceMs: 10 * MINUTE } as const
    const plan = tick({ runningSince: [11 * MINUTE + SECOND], now: 11 * MINUTE + 2 * SECOND, policies })
    expect(plan).toMatchObject({ run: null, hold: 11 * MINUTE })
  })
})

describe('a pause', () => {
  const paused = (after: number, upTo: number): InactiveSpan => ({
    after: after * MINUTE,
    upTo: upTo * MINUTE,
    as: 'suppressed',
  })

  it('suppresses what falls into it', () => {
    const plan = tick({ now: 14 * MINUTE, inactive: [paused(10, Infinity)] })
    expect(plan.run).toBeNull()
    expect(unrun(plan)).toEqual([['suppressed', 11, 14, 4]])
  })

  it('ends by itself: what is due afterwards runs', () => {
    const plan = tick({ now: 14 * MINUTE, inactive: [paused(10, 12.5)] })
    expect(plan.run).toBe(14 * MINUTE)
    expect(unrun(plan)).toEqual([
      ['suppressed', 11, 12, 2],
      ['missed', 13, 13, 1],
    ])
  })

  it('does not touch what was due before it', () => {
    const plan = tick({ now: 11 * MINUTE + 30 * SECOND, inactive: [paused(11.25, Infinity)] })
    expect(plan.run).toBe(11 * MINUTE)
    expect(plan.unrun).toEqual([])
  })

  it('within a stop is missed: nobody was there', () => {
    const stopped: InactiveSpan = { after: 12 * MINUTE, upTo: Infinity, as: 'missed' }
    const plan = tick({ now: 14 * MINUTE, inactive: [paused(10, Infinity), stopped] })
    expect(unrun(plan)).toEqual([
      ['suppressed', 11, 12, 2],
      ['missed', 13, 14, 2],
    ])
  })
})

describe('whatever happens', () => {
  const span = fc.record({
    after: fc.integer({ min: 0, max: 200 * SECOND }),
    length: fc.oneof(fc.integer({ min: 1, max: 100 * SECOND }), fc.constant(Infinity)),
    as: fc.constantFrom('suppressed', 'missed'),
  })
  const input = fc.record({
    periodMs: fc.integer({ min: 1, max: 20 }).map((n) => n * 500),
    misfirePolicy: fc.constantFrom(...MISFIRE_POLICIES),
    overlapPolicy: fc.constantFrom(...OVERLAP_POLICIES),
    misfireGraceMs: fc.integer({ min: 0, max: 60 * SECOND }),
    cursor: fc.integer({ min: 0, max: 100 * SECOND }),
    elapsed: fc.integer({ min: 0, max: 200 * SECOND }),
    runningFor: fc.option(fc.integer({ min: 0, max: 100 * SECOND })),
    spans: fc.array(span, { maxLength: 3 }),
  })

  it('accounts for every due time up to the cursor exactly once, and for none beyond it', () => {
    fc.assert(
      fc.property(input, ({ cursor, elapsed, runningFor, spans, periodMs, ...policies }) => {
        const now = cursor + elapsed
        const plan = planTick({
          job: { ...policies, schedule: { kind: 'every', periodMs, anchorAt: 0 } },
          now,
          cursor,
          runningSince: runningFor === null ? [] : [now - runningFor],
          inactive: spans.map(({ after, length, as }) => ({ after, upTo: after + length, as })),
          held: null,
        })
        const accounted = plan.unrun.flatMap(({ first, last, count }) => {
          const dues = dueTimes(first - 1, last, periodMs)
          expect(dues).toHaveLength(count)
          return dues
        })
        if (plan.run !== null) accounted.push(plan.run)
        expect(accounted.sort((a, b) => a - b)).toEqual(dueTimes(cursor, plan.cursor, periodMs))
        expect(plan.cursor).toBeGreaterThanOrEqual(cursor)
        expect(plan.cursor).toBeLessThanOrEqual(now)
        expect(plan.run === null || plan.run <= now).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  function dueTimes(after: number, upTo: number, periodMs: number): number[] {
    const dues: number[] = []
    for (let due = Math.floor(after / periodMs + 1) * periodMs; due <= upTo; due += periodMs) dues.push(due)
    return dues
  }
})
