import { describe, expect, it } from 'vitest'

import { cron } from './cron.ts'
import { every } from './every.ts'
import { nextDue } from './next-due.ts'
import { createSchedulePool } from './schedule-pool.ts'

describe('a pool of schedules', () => {
  const pattern = '30 2 * * *'
  const berlin = { timezone: 'Europe/Berlin' }

  it('makes equal cron schedules one object, also those that were copied', () => {
    const pool = createSchedulePool()
    const first = pool(cron(pattern, berlin))
    expect(pool(cron(pattern, berlin))).toBe(first)
    expect(pool({ kind: 'cron', pattern, ...berlin })).toBe(first)
    expect(pool(cron(pattern))).not.toBe(first)
    expect(first).toEqual(cron(pattern, berlin))
  })

  it('changes no due time', () => {
    const after = new Date('2026-03-28T12:00Z')
    expect(nextDue(createSchedulePool()(cron(pattern, berlin)), after)).toEqual(new Date('2026-03-29T01:00Z'))
  })

  it('hands other schedules back as they are', () => {
    const schedule = every({ minutes: 15 })
    expect(createSchedulePool()(schedule)).toBe(schedule)
  })

  it('refuses what cron would refuse', () => {
    expect(() => createSchedulePool()({ kind: 'cron', pattern: '61 * * * *', timezone: 'UTC' })).toThrow(
      'Invalid schedule.pattern (minute)',
    )
  })
})
