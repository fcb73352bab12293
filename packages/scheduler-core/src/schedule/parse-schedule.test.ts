import { describe, expect, it } from 'vitest'

import { cron } from './cron.ts'
import { every } from './every.ts'
import { nextDue } from './next-due.ts'
import { once } from './once.ts'
import { parseSchedule } from './parse-schedule.ts'
import type { Schedule } from './schedule.ts'

describe('a schedule that comes from elsewhere', () => {
  const schedules: readonly Schedule[] = [
    every({ minutes: 15, anchorAt: 7 }),
    cron('30 2 * * *', { timezone: 'Europe/Berlin' }),
    once(new Date('2026-01-01T00:00:00.001Z')),
  ]

  it.each(schedules)('survives JSON: %o', (schedule) => {
    const parsed = parseSchedule(JSON.parse(JSON.stringify(schedule)))
    expect(parsed).toEqual(schedule)
    expect(Object.isFrozen(parsed)).toBe(true)
    expect(nextDue(parsed, 0)).toEqual(nextDue(schedule, 0))
  })

  it('is due at the right times even when it was copied and not parsed', () => {
    const schedule = cron('30 2 * * *', { timezone: 'Europe/Berlin' })
    expect(nextDue({ ...schedule }, 0)).toEqual(nextDue(schedule, 0))
  })

  it('keeps a schedule that was checked before', () => {
    const schedule = cron('0 8 * * *')
    expect(parseSchedule(schedule)).toBe(schedule)
  })

  it.each<[unknown, string]>([
    ['0 8 * * *', 'job.schedule'],
    [null, 'job.schedule'],
    [{ kind: 'crom' }, 'job.schedule.kind'],
    [{ kind: 'every', periodMs: 99 }, 'job.schedule.periodMs'],
    [{ kind: 'every', periodMs: 1_000.5 }, 'job.schedule.periodMs'],
    [{ kind: 'once', at: '2026' }, 'job.schedule.at'],
    [{ kind: 'once', at: 1_700_000_000 }, 'job.schedule.at'],
    [{ kind: 'cron', pattern: '0 8 * *' }, 'job.schedule.pattern'],
    [{ kind: 'cron', pattern: '0 8 * * *', timezone: 'Mars' }, 'job.schedule.timezone'],
    [{ kind: 'cron', pattern: '0 8 * * *', zone: 'UTC' }, 'job.schedule.zone'],
  ])('is refused: %j', (value, path) => {
    expect(() => parseSchedule(value, 'job.schedule')).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})
