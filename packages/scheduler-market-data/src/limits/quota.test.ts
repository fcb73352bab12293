import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  createQuota,
  EMPTY_QUOTA,
  endRequest,
  type QuotaLimits,
  remainingRequests,
  takeRequest,
  waitForRequest,
} from './quota.ts'

const MINUTE = 60_000
const DAY = 86_400_000

describe('a quota', () => {
  test('allows its number of requests, and the next one a minute after the first has ended', async () => {
    const clock = createManualClock()
    const quota = createQuota({ perMinute: 2 }, clock)
    expect([quota.take(), quota.take(), quota.take()]).toEqual([true, true, false])
    // Both requests are in progress, so the time of the next one is unknown.
    expect(quota.waitMs()).toBeNull()

    await clock.advance(5_000)
    quota.end()
    quota.end()
    expect(quota.waitMs()).toBe(MINUTE)
    await clock.advance(MINUTE - 1)
    expect([quota.remaining(), quota.take()]).toEqual([0, false])
    await clock.advance(1)
    expect([quota.remaining(), quota.waitMs(), quota.take()]).toEqual([2, 0, true])
  })

  test('is not refilled by a corrected wall clock', () => {
    const clock = createManualClock()
    const quota = createQuota({ perDay: 1 }, clock)
    quota.take()
    quota.end()
    clock.jumpWall(365 * DAY)
    expect(quota.take()).toBe(false)
  })

  test('without limits allows any number of requests', () => {
    const quota = createQuota({}, createManualClock())
    expect([quota.take(), quota.remaining(), quota.waitMs()]).toEqual([true, null, 0])
  })
})

describe('for requests at any times and of any duration', () => {
  const limits = fc.record({ perMinute: fc.integer({ min: 1, max: 6 }), perDay: fc.integer({ min: 1, max: 40 }) })
  const attempts = fc.array(
    fc.record({
      gapMs: fc.oneof(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 0, max: DAY }),
      ),
      tookMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
      /** When the provider counted the request: 0 at the sending, 1 at the answer. */
      arrives: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 400 },
  )

  test('the provider never sees more than its limits, in any minute and any 24 hours', () => {
    fc.assert(
      fc.property(limits, attempts, (limits, attempts) => {
        const arrivals = replay(limits, attempts).sort((a, b) => a - b)
        expect(mostWithin(arrivals, MINUTE)).toBeLessThanOrEqual(limits.perMinute)
        expect(mostWithin(arrivals, DAY)).toBeLessThanOrEqual(limits.perDay)
      }),
      { numRuns: 300 },
    )
  })

  test('remaining is exactly how many requests can be taken, and waitMs the shortest wait after which one more can', () => {
    fc.assert(
      fc.property(limits, attempts, fc.integer({ min: 0, max: DAY }), (limits, attempts, later) => {
        let state = EMPTY_QUOTA
        let now = 0
        for (const { gapMs } of attempts) {
          now += gapMs
          state = takeRequest(state, limits, now) ?? state
          if (state.inFlight > 0) state = endRequest(state, limits, now)
        }
        now += later
        const remaining = remainingRequests(state, limits, now) ?? 0
        expect(takenAtOnce(state, limits, now)).toBe(remaining)

        const waitMs = waitForRequest(state, limits, now) ?? Number.NaN
        expect(waitMs === 0).toBe(remaining > 0)
        expect(takenAtOnce(state, limits, now + waitMs)).toBeGreaterThan(0)
        if (waitMs > 0) expect(takenAtOnce(state, limits, now + waitMs - 1)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  test('seven days of polling every minute use exactly 25 requests a day', () => {
    const clock = { at: 0 }
    let state = EMPTY_QUOTA
    const sent: number[] = []
    for (clock.at = 0; clock.at < 7 * DAY; clock.at += MINUTE) {
      const taken = takeRequest(state, { perDay: 25 }, clock.at)
      if (taken === null) continue
      sent.push(clock.at)
      state = endRequest(taken, { perDay: 25 }, clock.at)
    }
    expect(mostWithin(sent, DAY)).toBe(25)
    expect(sent).toHaveLength(7 * 25)
  })
})

interface Attempt {
  readonly gapMs: number
  readonly tookMs: number
  readonly arrives: number
}

/**
 * Makes an attempt after each gap and sends it if the quota allows. Returns when the provider counted the sent
 * requests.
 */
function replay(limits: QuotaLimits, attempts: readonly Attempt[]): number[] {
  let state = EMPTY_QUOTA
  let now = 0
  let underWay: { endsAt: number }[] = []
  const arrivals: number[] = []
  for (const { gapMs, tookMs, arrives } of attempts) {
    now += gapMs
    for (const { endsAt } of underWay.filter(({ endsAt }) => endsAt <= now).sort((a, b) => a.endsAt - b.endsAt)) {
      state = endRequest(state, limits, endsAt)
    }
    underWay = underWay.filter(({ endsAt }) => endsAt > now)
    const taken = takeRequest(state, limits, now)
    if (taken === null) continue
    state = taken
    underWay.push({ endsAt: now + tookMs })
    arrivals.push(now + tookMs * arrives)
  }
  return arrivals
}

/** The largest number of instants in any half-open window of this width. */
function mostWithin(instants: readonly number[], windowMs: number): number {
  return Math.max(0, ...instants.map((start) => instants.filter((at) => at >= start && at < start + windowMs).length))
}

function takenAtOnce(from: typeof EMPTY_QUOTA, limits: QuotaLimits, now: number): number {
  let taken = 0
  for (let state = takeRequest(from, limits, now); state !== null; state = takeRequest(state, limits, now)) taken++
  return taken
}
