import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { JOB_POLICIES } from '../policy/policies.ts'
import { wordsOf } from '../policy/policy.ts'
import { MAX_LOOKS } from './exclusions.ts'
import type { InactiveSpan } from './inactive.ts'
import { planTick, type TickInput, type TickPlan } from './plan-tick.ts'
import { startedBy, startOf } from './start-of.ts'

const SECOND = 1_000
const MINUTE = 60_000

/** A job due every minute on the minute, planned at 12 minutes past the epoch, accounted for up to minute 10. */
function tick(changes: Partial<TickInput> & { readonly policies?: Partial<TickInput['job']> } = {}): TickPlan {
  const { policies, ...input } = changes
  const job: TickInput['job'] = {
    name: 'poll',
    exclude: [],
    jitterMs: 0,
    schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 },
    misfirePolicy: 'run-latest',
    misfireGraceMs: MINUTE,
    overlapPolicy: 'skip',
    ...policies,
  }
  const situation = { now: 11 * MINUTE, cursor: 10 * MINUTE, runningSince: [], inactive: [], held: null }
  return planTick({ scheduler: 'test', job, ...situation, ...input })
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

  it('does not run again when the clock goes back behind it', () => {
    const plan = tick({ now: 3 * MINUTE })
    expect(plan).toMatchObject({ run: null, unrun: [], cursor: 10 * MINUTE, wakeAt: 11 * MINUTE })
  })

  it('gets the same plan from the fast path as from the full one, which an old pause takes', () => {
    const longAgo: readonly InactiveSpan[] = [{ after: -2, upTo: -1, as: 'missed' }]
    const situations = fc.record({
      now: fc.integer({ min: 10 * MINUTE, max: 14 * MINUTE }),
      cursor: fc.integer({ min: 8 * MINUTE, max: 12 * MINUTE }),
      held: fc.constantFrom(null, 11 * MINUTE),
      misfirePolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.misfirePolicy)),
      misfireGraceMs: fc.constantFrom(0, 500, SECOND, 30 * SECOND, MINUTE, 60 * MINUTE),
      overlapPolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.overlapPolicy)),
    })
    fc.assert(
      fc.property(situations, ({ now, cursor, held, ...policies }) => {
        expect(tick({ now, cursor, held, policies })).toEqual(tick({ now, cursor, held, policies, inactive: longAgo }))
      }),
      { numRuns: 2_000 },
    )
  })

  it('ends a schedule that has no later due time', () => {
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

  it('skip runs none of them, but still runs one that is a second late', () => {
    const late = tick({ now: 11 * MINUTE + 1_001, policies: { misfirePolicy: 'skip' } })
    expect(late.run).toBeNull()
    expect(unrun(late)).toEqual([['missed', 11, 11, 1]])
    expect(tick({ now: 11 * MINUTE + 1_000, policies: { misfirePolicy: 'skip' } }).run).toBe(11 * MINUTE)
  })

  it('run-all runs them one by one, the oldest within the grace first', () => {
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

  it('cancel-running cancels the other run and waits until it has ended', () => {
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

  it('suppresses the due times in it', () => {
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

  it('within a stop counts as a stop: its due times are missed', () => {
    const stopped: InactiveSpan = { after: 12 * MINUTE, upTo: Infinity, as: 'missed' }
    const plan = tick({ now: 14 * MINUTE, inactive: [paused(10, Infinity), stopped] })
    expect(unrun(plan)).toEqual([
      ['suppressed', 11, 12, 2],
      ['missed', 13, 14, 2],
    ])
  })
})

describe('a due time that a calendar excludes', () => {
  const excluding = (...minutes: number[]) => [
    { name: 'holidays', excludes: (due: number) => minutes.includes(due / MINUTE) },
  ]
  const fates = (plan: TickPlan) =>
    plan.unrun.map(({ state, reason, first, last, count }) => [
      reason === 'excluded' ? reason : state,
      first / MINUTE,
      last / MINUTE,
      count,
    ])

  it('is skipped with that reason, and the tick goes on', () => {
    const plan = tick({ policies: { exclude: excluding(11) } })
    expect(plan).toMatchObject({ run: null, cursor: 11 * MINUTE, wakeAt: 12 * MINUTE })
    expect(fates(plan)).toEqual([['excluded', 11, 11, 1]])
  })

  it('is replaced by the latest one that is not excluded', () => {
    const plan = tick({ now: 15.5 * MINUTE, policies: { exclude: excluding(12, 13, 15), misfireGraceMs: 2 * MINUTE } })
    expect(plan.run).toBe(14 * MINUTE)
    expect(fates(plan)).toEqual([
      ['missed', 11, 11, 1],
      ['excluded', 12, 13, 2],
      ['excluded', 15, 15, 1],
    ])
  })

  it('is excluded also within a pause', () => {
    const paused = { after: 10 * MINUTE, upTo: Infinity, as: 'suppressed' } as const
    expect(fates(tick({ now: 13 * MINUTE, inactive: [paused], policies: { exclude: excluding(12) } }))).toEqual([
      ['suppressed', 11, 11, 1],
      ['excluded', 12, 12, 1],
      ['suppressed', 13, 13, 1],
    ])
  })

  it('is looked for only among the latest of a long backlog', () => {
    let looks = 0
    const count = { name: 'all', excludes: () => looks++ >= 0 }
    const plan = tick({ now: 10 * 365 * 24 * 60 * MINUTE, policies: { exclude: [count] } })
    expect(looks).toBe(MAX_LOOKS)
    expect(plan.run).toBeNull()
    expect(plan.unrun.map((each) => each.count)).toEqual([10 * 365 * 24 * 60 - 10 - MAX_LOOKS, MAX_LOOKS])
  })

  it('runs when its calendar throws: one broken calendar must not stop all jobs', () => {
    const broken = {
      name: 'broken',
      excludes: () => {
        throw new Error('no data for this year')
      },
    }
    expect(tick({ policies: { exclude: [broken] } }).run).toBe(11 * MINUTE)
  })
})

describe('a due time with jitter', () => {
  const policies = { jitterMs: 50 * SECOND, misfireGraceMs: 5 * SECOND }
  const start = (minute: number) =>
    startOf(minute * MINUTE, {
      scheduler: 'test',
      job: { name: 'poll', schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 }, ...policies },
    })

  it('waits for its start, and runs under its own name', () => {
    expect(start(11)).toBeGreaterThan(11 * MINUTE)
    const waiting = tick({ policies, now: start(11) - 1 })
    expect(waiting).toMatchObject({ run: null, cursor: 10 * MINUTE, wakeAt: start(11) })
    expect(tick({ policies, now: start(11) })).toMatchObject({ run: 11 * MINUTE, wakeAt: start(12) })
  })

  it('is late only from its start on', () => {
    expect(tick({ policies, now: start(11) + 5 * SECOND }).run).toBe(11 * MINUTE)
    expect(tick({ policies, now: start(11) + 5 * SECOND + 1 }).run).toBeNull()
  })

  it('is suppressed by a pause that begins while it waits', () => {
    const paused = { after: start(11) - 1, upTo: Infinity, as: 'suppressed' } as const
    expect(unrun(tick({ policies, now: start(11), inactive: [paused] }))).toEqual([['suppressed', 11, 11, 1]])
  })
})

describe('any tick', () => {
  const span = fc.record({
    after: fc.integer({ min: 0, max: 200 * SECOND }),
    length: fc.oneof(fc.integer({ min: 1, max: 100 * SECOND }), fc.constant(Infinity)),
    as: fc.constantFrom('suppressed', 'missed'),
  })
  const input = fc.record({
    periodMs: fc.integer({ min: 1, max: 20 }).map((n) => n * 500),
    misfirePolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.misfirePolicy)),
    overlapPolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.overlapPolicy)),
    misfireGraceMs: fc.integer({ min: 0, max: 60 * SECOND }),
    jitterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * SECOND })),
    cursor: fc.integer({ min: 0, max: 100 * SECOND }),
    elapsed: fc.integer({ min: 0, max: 200 * SECOND }),
    runningFor: fc.option(fc.integer({ min: 0, max: 100 * SECOND })),
    spans: fc.array(span, { maxLength: 3 }),
    // Excludes all, none, or some of the due times.
    excluding: fc.option(fc.record({ every: fc.integer({ min: 1, max: 9 }), of: fc.integer({ min: 1, max: 9 }) })),
  })

  it('accounts for every due time up to the cursor exactly once, and for none beyond it', () => {
    fc.assert(
      fc.property(input, ({ cursor, elapsed, runningFor, spans, excluding, periodMs, ...policies }) => {
        const now = cursor + elapsed
        const excludes = (due: number) => excluding !== null && (due / periodMs) % excluding.every < excluding.of
        const schedule = { kind: 'every', periodMs, anchorAt: 0 } as const
        const job = { ...policies, name: 'poll', schedule, exclude: [{ name: 'patches', excludes }] }
        const rule = { scheduler: 'test', job }
        const plan = planTick({
          ...rule,
          now,
          cursor,
          runningSince: runningFor === null ? [] : [now - runningFor],
          inactive: spans.map(({ after, length, as }) => ({ after, upTo: after + length, as })),
          held: null,
        })
        const accounted = accountedBy(plan, { periodMs, excludes })
        expect(accounted.sort((a, b) => a - b)).toEqual(dueTimes(cursor, plan.cursor, periodMs))
        expect(plan.cursor).toBeGreaterThanOrEqual(cursor)
        for (const due of accounted) expect(startOf(due, rule)).toBeLessThanOrEqual(now)
        // Every due time that may have started by now is accounted for, unless one waits for its turn.
        const last = startedBy(now, rule)
        if (plan.hold === null && policies.misfirePolicy !== 'run-all') {
          expect(dueTimes(plan.cursor, last, periodMs)).toEqual([])
        }
      }),
      { numRuns: 5_000 },
    )
  })

  function accountedBy(
    plan: TickPlan,
    { periodMs, excludes }: { readonly periodMs: number; readonly excludes: (due: number) => boolean },
  ): number[] {
    const accounted = plan.unrun.flatMap(({ first, last, count, reason }) => {
      const dues = dueTimes(first - 1, last, periodMs)
      expect(dues).toHaveLength(count)
      for (const due of dues) expect(excludes(due)).toBe(reason === 'excluded')
      return dues
    })
    if (plan.run === null) return accounted
    expect(excludes(plan.run)).toBe(false)
    return [...accounted, plan.run]
  }

  function dueTimes(after: number, upTo: number, periodMs: number): number[] {
    const dues: number[] = []
    for (let due = Math.floor(after / periodMs + 1) * periodMs; due <= upTo; due += periodMs) dues.push(due)
    return dues
  }
})
