import { expect, it } from 'vitest'

import { cron } from './cron.ts'
import { describeSchedule } from './describe-schedule.ts'
import { every } from './every.ts'
import { once } from './once.ts'
import type { Schedule } from './schedule.ts'

it.each<[Schedule, string]>([
  [every({ minutes: 15 }), 'every 15 min'],
  [every({ minutes: 90 }), 'every 1 h 30 min'],
  [every({ milliseconds: 250 }), 'every 250 ms'],
  [every({ days: 2, anchorAt: new Date('2026-01-02T00:00Z') }), 'every 2 d from 2026-01-02T00:00:00.000Z'],
  [cron('30  2 * * *', { timezone: 'Europe/Berlin' }), 'cron 30 2 * * * in Europe/Berlin'],
  [once(Date.UTC(2001, 0)), 'once at 2001-01-01T00:00:00.000Z'],
])('a schedule in words: %o', (schedule, expected) => {
  expect(describeSchedule(schedule)).toBe(expected)
})
