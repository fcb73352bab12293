import { createMemoryBackend, createScheduler, every, toMarketDataStatusV2 } from '@pm/scheduler-core'
import { CALENDAR_RUNS_OUT, calendarHealth, defineCalendar } from '@pm/scheduler-market-data'
import { createManualClock } from '@pm/scheduler-testing'
import { expect, onTestFinished, test } from 'vitest'

const DAY = 86_400_000

const calendar = defineCalendar({
  name: 'XBER',
  timezone: 'Europe/Berlin',
  source: 'made up',
  knows: { from: '2026-01-01', to: '2026-12-31' },
  week: [{ days: ['mon'], opens: '09:00', closes: '17:30' }],
})

test('the health of a scheduler warns 90 days before a calendar runs out, and not before', async () => {
  const clock = createManualClock({ startAt: calendar.knownUntil - 90 * DAY })
  const scheduler = createScheduler({
    name: 'market',
    clock,
    jobs: [{ name: 'poll', schedule: every({ days: 1 }), handler: () => {} }],
    healthReasons: calendarHealth([calendar]),
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close())
  const told = async () => toMarketDataStatusV2(await scheduler.snapshot()).scheduler.health

  expect(await told()).toMatchObject({ reasons: [] })
  await clock.advance(5_000)
  expect(await told()).toMatchObject({ status: 'warn', reasons: [CALENDAR_RUNS_OUT] })
})

test('invalid days are refused when the warning is made', () => {
  expect(() => calendarHealth([calendar], { days: 0.5 })).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
})
