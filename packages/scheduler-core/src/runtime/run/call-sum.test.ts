import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { ProviderCall } from '../../job/run-context.ts'
import { MAX_CALL_MS, MAX_COUNT } from '../../limits.ts'
import { addTallies, CALL_FACTS, EMPTY_CALL_TALLY } from '../../run/counters.ts'
import { CallSum } from './call-sum.ts'
import { checkCall } from './reported.ts'

const call: fc.Arbitrary<ProviderCall> = fc.record({
  provider: fc.constant('yahoo_finance'),
  outcome: fc.constantFrom('succeeded', 'failed', 'rate_limited', 'refused'),
  answered: fc.boolean(),
  durationMs: fc.oneof(
    fc.nat(200),
    fc.integer({ min: 0, max: MAX_CALL_MS }),
    fc.double({ min: 0, max: 1_000, noNaN: true }),
  ),
  fallback: fc.boolean(),
})

function sumOf(calls: readonly ProviderCall[], before = EMPTY_CALL_TALLY) {
  const sum = new CallSum(before)
  for (const one of calls) sum.add(checkCall(one))
  return sum.toTally()
}

it('is the sum of the tallies of its calls, in whatever parts it is made', () => {
  fc.assert(
    fc.property(fc.array(call), fc.array(call), (some, others) => {
      const each = [...some, ...others].map((one) => sumOf([one]))
      expect(sumOf(others, sumOf(some))).toEqual(addTallies(CALL_FACTS, each))
    }),
  )
})

it('tells of a call its outcome, whether it was answered, and how long that took in whole milliseconds', () => {
  const answered = { provider: 'a', outcome: 'succeeded', answered: true, durationMs: 149.5, fallback: true } as const
  const distributions = { answered_ms: { max: 150, histogram: [expect.any(Number), 1] } }
  const counts = { calls: 1, answered: 1, succeeded: 1, answered_ms: 150, served_as_fallback: 1 }
  expect(sumOf([answered])).toEqual({ ...EMPTY_CALL_TALLY, ...counts, distributions })
  const lost = { ...answered, outcome: 'failed', answered: false } as const
  expect(sumOf([lost])).toEqual({ ...EMPTY_CALL_TALLY, calls: 1, failed: 1 })
})

it('counts a call that was refused as a call, and neither as a success nor as a failure', () => {
  const refused = { provider: 'a', outcome: 'refused', answered: true, durationMs: 12 } as const
  expect(sumOf([refused])).toMatchObject({ calls: 1, answered: 1, succeeded: 0, failed: 0, rate_limited: 0 })
})

it('stops at the greatest exact number, and counts everything else on', () => {
  const full = { ...EMPTY_CALL_TALLY, calls: MAX_COUNT, answered: 3, answered_ms: MAX_COUNT - 5 }
  const one = { provider: 'a', outcome: 'failed', answered: true, durationMs: 10 } as const
  expect(sumOf([one, one], full)).toMatchObject({ calls: MAX_COUNT, answered: 5, failed: 2, answered_ms: MAX_COUNT })
})

it('does not change a tally that was taken before', () => {
  const sum = new CallSum(EMPTY_CALL_TALLY)
  const before = sum.toTally()
  sum.add(checkCall({ provider: 'a', outcome: 'failed', answered: true, durationMs: 1 }))
  expect(before).toEqual(EMPTY_CALL_TALLY)
  expect(sum.toTally().calls).toBe(1)
})
