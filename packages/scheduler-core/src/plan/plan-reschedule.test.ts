import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { JOB_POLICIES } from '../policy/policies.ts'
import { wordsOf } from '../policy/policy.ts'
import { planReschedule } from './plan-reschedule.ts'

const PERIOD = 10

describe('a schedule that is replaced', () => {
  const input = fc.record({
    misfirePolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.misfirePolicy)),
    overlapPolicy: fc.constantFrom(...wordsOf(JOB_POLICIES.overlapPolicy)),
    misfireGraceMs: fc.integer({ min: 0, max: 300 }),
    jitterMs: fc.integer({ min: 0, max: 50 }),
    cursor: fc.integer({ min: 0, max: 500 }),
    elapsed: fc.integer({ min: -100, max: 500 }),
    runningFor: fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 2 }),
    pause: fc.option(fc.record({ after: fc.integer({ min: 0, max: 900 }), length: fc.integer({ min: 1, max: 300 }) })),
  })

  it('leaves each due time after the cursor in one entry, and the new cursor is past them all', () => {
    fc.assert(
      fc.property(input, ({ cursor, elapsed, runningFor, pause, ...policies }) => {
        const now = cursor + elapsed
        const plan = planReschedule({
          scheduler: 'test',
          job: { ...policies, name: 'poll', schedule: { kind: 'every', periodMs: PERIOD, anchorAt: 0 }, exclude: [] },
          now,
          cursor,
          runningSince: runningFor.map((ms) => now - ms),
          inactive: pause ? [{ after: pause.after, upTo: pause.after + pause.length, as: 'suppressed' }] : [],
          held: null,
        })
        const unrun = plan.unrun.flatMap(({ first, last }) => dueTimes(first - 1, last))
        const accounted = plan.run === null ? unrun : [...unrun, plan.run]
        expect(accounted.sort((a, b) => a - b)).toEqual(dueTimes(cursor, now))
        expect(plan.cursor).toBe(Math.max(cursor, now))
      }),
      { numRuns: 2_000 },
    )
  })
})

function dueTimes(after: number, upTo: number): number[] {
  const first = Math.floor(after / PERIOD) + 1
  return Array.from(
    { length: Math.max(0, Math.floor(upTo / PERIOD) - first + 1) },
    (_, index) => (first + index) * PERIOD,
  )
}
