import fc from 'fast-check'
import { expect, it } from 'vitest'

import { DESIRED_STATES, initialControl } from '../control/control.ts'
import { inactiveSpans, inactiveSpansOf } from './inactive.ts'

const JOBS = ['poll', 'report']

it('the inactive spans of many jobs are those of each, paused or not', () => {
  const until = fc.option(fc.nat())
  const pause = fc.record({ by: fc.constant('ada'), why: fc.constant(null), at: fc.nat(), until })
  const control = fc.record({
    desired: fc.constantFrom(...DESIRED_STATES),
    at: fc.nat(),
    pausedUntil: until,
    pausedJobs: fc.oneof(fc.constant({}), fc.dictionary(fc.constantFrom(...JOBS), pause)),
  })
  fc.assert(
    fc.property(control, (changes) => {
      const state = { ...initialControl(0), ...changes }
      const spansOf = inactiveSpansOf(state)
      for (const job of JOBS) expect(spansOf(job)).toEqual(inactiveSpans(state, job))
    }),
  )
})
