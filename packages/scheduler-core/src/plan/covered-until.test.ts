import { describe, expect, it } from 'vitest'

import { cron } from '../schedule/cron.ts'
import { every } from '../schedule/every.ts'
import { coveredUntil, wallOf } from './covered-until.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BERLIN = 'Europe/Berlin'
const daily = cron('30 2 * * *', { timezone: BERLIN })
/** 02:30 in Berlin, in winter. */
const CURSOR = Date.UTC(2026, 0, 15, 1, 30)
/** What the clocks of Berlin show there, and what they showed by data that put them ahead. */
const here = { timezone: BERLIN, reached: CURSOR + HOUR }
const ahead = (ms: number) => ({ timezone: BERLIN, reached: CURSOR + HOUR + ms })

describe('a cursor in local time', () => {
  it('is what the clocks of the zone have shown, and nothing where no zone counts', () => {
    expect(wallOf(daily, CURSOR)).toEqual(here)
    expect(wallOf(cron('30 2 * * *'), CURSOR)).toBeNull()
    expect(wallOf(every({ hours: 1 }), CURSOR)).toBeNull()
  })

  it('in the hour that comes twice is the latest that they have shown', () => {
    const second = Date.UTC(2026, 9, 25, 1, 10)
    expect(wallOf(daily, second)?.reached).toBe(Date.UTC(2026, 9, 25, 3))
    expect(coveredUntil(daily, { cursor: second, wall: wallOf(daily, second) })).toBe(second)
  })
})

describe('what a cursor of another process covers', () => {
  it('ends where its clocks were, when they were ahead of those here', () => {
    expect(coveredUntil(daily, { cursor: CURSOR, wall: here })).toBe(CURSOR)
    expect(coveredUntil(daily, { cursor: CURSOR, wall: ahead(HOUR) })).toBe(CURSOR + HOUR)
    expect(coveredUntil(daily, { cursor: CURSOR, wall: ahead(-HOUR) })).toBe(CURSOR)
  })

  it('ends at once where the clocks here are set forward to that time, and later where they are set back before it', () => {
    const spring = Date.UTC(2026, 2, 29, 0, 30)
    const wall = { timezone: BERLIN, reached: Date.UTC(2026, 2, 29, 2, 30) }
    // From 02:00 to 03:00 clocks in Berlin showed nothing: at 01:00 UTC they were there.
    expect(coveredUntil(daily, { cursor: spring, wall })).toBe(Date.UTC(2026, 2, 29, 1))
    const autumn = Date.UTC(2026, 9, 25, 0, 30)
    const late = { timezone: BERLIN, reached: Date.UTC(2026, 9, 25, 3, 30) }
    expect(coveredUntil(daily, { cursor: autumn, wall: late })).toBe(Date.UTC(2026, 9, 25, 2, 30))
  })

  it('ends at the cursor for every other schedule: one of another zone, a stepping one, an interval', () => {
    const of = (schedule: Parameters<typeof coveredUntil>[0], wall = ahead(HOUR)) =>
      coveredUntil(schedule, { cursor: CURSOR, wall })
    expect(of(cron('30 2 * * *', { timezone: 'Asia/Tokyo' }))).toBe(CURSOR)
    expect(of(cron('*/15 * * * *', { timezone: BERLIN }))).toBe(CURSOR)
    expect(of(every({ hours: 1 }))).toBe(CURSOR)
    expect(coveredUntil(daily, { cursor: CURSOR, wall: null })).toBe(CURSOR)
  })

  it('is not believed when it is days ahead: no two versions of the data differ so much', () => {
    expect(coveredUntil(daily, { cursor: CURSOR, wall: ahead(49 * HOUR) })).toBe(CURSOR)
  })
})
