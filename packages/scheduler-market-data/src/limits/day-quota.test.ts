import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createDayEnd } from './day-end.ts'
import { createQuota } from './quota.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONE = 'America/New_York'
const dayIn = (zone: string, at: number) => new Date(at).toLocaleDateString('sv-SE', { timeZone: zone })

describe('the end of a day', () => {
  test('is 24 hours later without a zone, and the next midnight in one', () => {
    const at = Date.UTC(2025, 8, 16, 2)
    expect(createDayEnd({})(at)).toBe(at + DAY)
    expect(new Date(createDayEnd({ dayTimezone: ZONE })(at)).toISOString()).toBe('2025-09-16T04:00:00.000Z')
  })

  test('is a midnight of the zone for any instant, in the weeks when the clocks change too', () => {
    const zone = fc.constantFrom(ZONE, 'Europe/London', 'Asia/Tokyo', 'America/Santiago', 'Pacific/Apia', 'UTC')
    const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) })
    fc.assert(
      fc.property(zone, instant, (dayTimezone, at) => {
        const end = createDayEnd({ dayTimezone })(at)
        expect(end).toBeGreaterThan(at)
        expect(end - at).toBeLessThanOrEqual(25 * HOUR)
        expect(dayIn(dayTimezone, end - 1)).toBe(dayIn(dayTimezone, at))
        expect(dayIn(dayTimezone, end) > dayIn(dayTimezone, at)).toBe(true)
      }),
    )
  })

  test('of a zone that does not exist is refused', () => {
    expect(() => createDayEnd({ dayTimezone: 'Mars/Base' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        details: expect.objectContaining({ path: 'quota.dayTimezone' }),
      }),
    )
  })
})

describe('a quota of the days of a zone', () => {
  test('begins anew at midnight, not 24 hours after the request', async () => {
    // 22:00 in New York.
    const clock = createManualClock()
    const quota = createQuota({ perDay: 2, dayTimezone: ZONE }, clock)
    for (const _ of [1, 2]) {
      expect(quota.take()).toBe(true)
      quota.end()
    }
    expect([quota.take(), quota.remaining(), quota.waitMs()]).toEqual([false, 0, 2 * HOUR])
    await clock.advance(2 * HOUR - 1)
    expect(quota.remaining()).toBe(0)
    await clock.advance(1)
    expect([quota.remaining(), quota.waitMs(), quota.take()]).toEqual([2, 0, true])
  })

  test('counts a request that is under way at midnight against both days', async () => {
    const clock = createManualClock()
    const quota = createQuota({ perDay: 1, dayTimezone: ZONE }, clock)
    await clock.advance(2 * HOUR - 1_000)
    expect(quota.take()).toBe(true)
    await clock.advance(2_000)
    expect([quota.remaining(), quota.waitMs()]).toEqual([0, null])
    quota.end()
    expect([quota.remaining(), quota.waitMs()]).toEqual([0, DAY - 1_000])
  })

  test('holds beside the limit of a minute', async () => {
    const clock = createManualClock()
    const quota = createQuota({ perMinute: 1, perDay: 2, dayTimezone: ZONE }, clock)
    expect([quota.take(), quota.take()]).toEqual([true, false])
    quota.end()
    expect([quota.remaining(), quota.waitMs()]).toEqual([0, 60_000])
    await clock.advance(60_000)
    expect(quota.take()).toBe(true)
    quota.end()
    expect(quota.waitMs()).toBe(2 * HOUR - 60_000)
  })

  test('is never exceeded on any day of the provider, for requests of any times and durations, wherever they count', async () => {
    const attempts = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 6 * HOUR }),
        tookMs: fc.integer({ min: 0, max: 90_000 }),
        late: fc.boolean(),
      }),
      { maxLength: 120 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), attempts, async (perDay, attempts) => {
        const clock = createManualClock()
        const quota = createQuota({ perDay, dayTimezone: ZONE }, clock)
        const counted = new Map<string, number>()
        for (const { gapMs, tookMs, late } of attempts) {
          await clock.advance(gapMs)
          if (!quota.take()) continue
          const sentAt = clock.now()
          await clock.advance(tookMs)
          quota.end()
          const day = dayIn(ZONE, late ? clock.now() : sentAt)
          counted.set(day, (counted.get(day) ?? 0) + 1)
        }
        expect(Math.max(0, ...counted.values())).toBeLessThanOrEqual(perDay)
      }),
      { numRuns: 50 },
    )
  })
})
