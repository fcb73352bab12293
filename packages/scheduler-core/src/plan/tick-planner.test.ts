import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cron } from '../schedule/cron.ts'
import { every } from '../schedule/every.ts'
import { planTick } from './plan-tick.ts'
import { createTickPlanner } from './tick-planner.ts'

const T0 = Date.UTC(2026, 0, 5)

describe('the planner of a tick', () => {
  it('plans each job as if it were the only one, whatever was planned before', () => {
    const standing = fc.record({
      job: fc.record({
        name: fc.constantFrom('poll', 'sum'),
        schedule: fc.constantFrom(
          every({ seconds: 1 }),
          every({ seconds: 1 }),
          every({ seconds: 2 }),
          cron('* * * * * *'),
        ),
        misfirePolicy: fc.constantFrom('run-latest' as const, 'run-all' as const, 'skip' as const),
        misfireGraceMs: fc.constantFrom(1_000, 60_000),
        overlapPolicy: fc.constantFrom('skip' as const, 'allow' as const),
        exclude: fc.constant([]),
        jitterMs: fc.constantFrom(0, 0, 500),
      }),
      now: fc.constantFrom(T0 + 1_000, T0 + 1_200, T0 + 4_000),
      cursor: fc.constantFrom(T0, T0 + 500),
      running: fc.constantFrom([], [], [{ startedAt: T0 }]),
      inactive: fc.constantFrom([], [], [{ after: T0, upTo: Infinity, as: 'suppressed' as const }]),
      held: fc.constantFrom(null, null, T0 + 1_000),
    })
    fc.assert(
      fc.property(fc.array(standing, { maxLength: 8 }), (jobs) => {
        const planner = createTickPlanner('s')
        for (const { running, ...given } of jobs) {
          const alone = planTick({ scheduler: 's', ...given, runningSince: running.map((run) => run.startedAt) })
          expect(planner.plan({ running, ...given })).toEqual(alone)
        }
      }),
    )
  })
})
