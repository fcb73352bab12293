import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Clock } from '../../clock.ts'
import { createSchedulerTime } from './scheduler-time.ts'

/** Both sides of a clock, set by hand; the monotonic one has fractions, as the host's has. */
function settableClock(wall: number, monotonic: number) {
  const at = { wall, monotonic }
  const clock: Clock = {
    now: () => at.wall,
    monotonic: () => at.monotonic,
    setTimer: () => ({ cancel() {} }),
  }
  return { at, clock }
}

const step = fc.record({
  elapsed: fc.double({ min: 0, max: 100_000, noNaN: true }),
  jump: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -2_000, max: 2_000 }),
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
  ),
})

describe('steady time', () => {
  it('is whole milliseconds, never goes back and never lies behind the wall, however the wall jumps', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10 ** 9, noNaN: true }),
        fc.array(step, { maxLength: 30 }),
        (origin, steps) => {
          const { at, clock } = settableClock(1_757_988_000_000, origin)
          const time = createSchedulerTime(clock)
          let before = time.read().steady
          for (const { elapsed, jump } of steps) {
            at.monotonic += elapsed
            at.wall = Math.floor(at.wall + elapsed) + jump
            const { steady, wall } = time.read()
            expect(Number.isInteger(steady)).toBe(true)
            expect(steady).toBeGreaterThanOrEqual(Math.max(before, wall))
            before = steady
          }
        },
      ),
    )
  })

  it('passes at the monotonic rate when the wall is set back for good', () => {
    const { at, clock } = settableClock(10_000_000, 0.25)
    const time = createSchedulerTime(clock)
    time.read()
    at.wall -= 3_600_000
    for (let second = 1; second <= 60; second++) {
      at.wall += 1_000
      at.monotonic += 1_000
      expect(time.read().steady).toBe(10_000_000 + second * 1_000)
    }
  })

  it('is the wall again after a small correction, and does not drift over a day of them', () => {
    const { at, clock } = settableClock(10_000_000, 0.5)
    const time = createSchedulerTime(clock)
    for (let minute = 0; minute < 1_440; minute++) {
      at.monotonic += 60_000
      at.wall += 59_990
      time.read()
    }
    expect(time.read()).toEqual({ wall: at.wall, steady: at.wall })
  })

  it('goes on from the instant that another process has reached', () => {
    const { at, clock } = settableClock(10_000_000, 0.5)
    const time = createSchedulerTime(clock)
    time.reach(10_600_000)
    at.wall += 1_000
    at.monotonic += 1_000
    expect(time.read().steady).toBe(10_601_000)
  })
})
