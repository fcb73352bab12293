import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { CalendarDefinition } from './calendar-definition.ts'
import { addDays, WEEKDAYS } from './days.ts'
import { defineCalendar } from './define-calendar.ts'
import { holidayOnDate, holidayOnWeekday } from './holiday-rules.ts'
import type { TradingCalendar, TradingSession } from './trading-calendar.ts'

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`)
const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-10', days))
const dayOrRule = fc.oneof(
  day,
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, date]) => holidayOnDate(month, date)),
  fc.integer({ min: 1, max: 12 }).map((month) => holidayOnWeekday(-1, 'mon', month)),
)
/** By day, or across midnight; now and then with its times the wrong way round. */
const hours = fc.tuple(time, time, fc.constantFrom('day', 'day', 'night', 'wrong')).map(([one, two, kind]) => {
  const [early, late] = one < two ? [one, two] : [two, one]
  return kind === 'day'
    ? { opens: early, closes: late, opensTheDayBefore: false }
    : { opens: late, closes: early, opensTheDayBefore: kind === 'night' }
})
const week = fc.array(
  fc
    .record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }) })
    .chain(({ days }) => hours.map((one) => ({ ...one, days }))),
  { minLength: 1, maxLength: 2 },
)

const definition: fc.Arbitrary<CalendarDefinition> = fc.record({
  name: fc.constant('any'),
  timezone: fc.constantFrom('America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
  source: fc.constant('made up'),
  knows: fc.constant({ from: '2026-01-01', to: '2027-12-31' }),
  week,
  laterWeeks: fc.array(fc.record({ from: day, week }), { maxLength: 1 }),
  holidays: fc.uniqueArray(dayOrRule, { maxLength: 5 }),
  earlyCloses: fc.array(fc.record({ closes: time, days: fc.array(dayOrRule, { maxLength: 3 }) }), { maxLength: 2 }),
  lateOpens: fc.array(fc.record({ opens: time, days: fc.array(dayOrRule, { maxLength: 3 }) }), { maxLength: 2 }),
  specialDays: fc.uniqueArray(fc.record({ day, sessions: fc.array(hours, { minLength: 1, maxLength: 2 }) }), {
    maxLength: 2,
    selector: (special) => special.day,
  }),
})

/** `null` for a definition that is refused, as `INVALID_OPTIONS` and nothing else. */
function made(given: CalendarDefinition): TradingCalendar | null {
  try {
    return defineCalendar(given)
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_OPTIONS', details: { path: expect.stringMatching(/^calendar\./) } })
    return null
  }
}

function expectOrder(sessions: readonly TradingSession[]): void {
  for (const [index, session] of sessions.entries()) {
    expect(session.closesAt).toBeGreaterThan(session.opensAt)
    expect(session.opensAt).toBeGreaterThanOrEqual(sessions[index - 1]?.closesAt ?? -Infinity)
    expect(session.day >= (sessions[index - 1]?.day ?? '')).toBe(true)
  }
}

test('a definition is refused, or its sessions follow each other and every answer agrees with them', () => {
  let accepted = 0
  fc.assert(
    fc.property(definition, fc.integer({ min: 0, max: 700 * 24 }), (given, hour) => {
      const calendar = made(given)
      if (calendar === null) return
      accepted++
      const sessions = calendar.sessionsBetween(Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1))
      expectOrder(sessions)
      const at = Date.UTC(2026, 0, 10) + hour * 3_600_000
      const ended = sessions.filter(({ closesAt }) => closesAt <= at)
      const underWay = sessions.find(({ opensAt, closesAt }) => opensAt <= at && at < closesAt) ?? null
      expect(calendar.sessionAt(at)).toEqual(underWay)
      if (ended.length > 0) expect(calendar.lastSession(at)).toEqual(ended.at(-1))
      const closed = calendar.lastTradingDay(at)
      if (closed !== null) expect(closed.closesAt).toBeLessThanOrEqual(at)
      const today = calendar.tradingDayAt(at)
      expect(calendar.phaseAt(at)).toBe(underWay !== null ? 'open' : today !== null ? 'break' : 'closed')
      for (const one of today?.sessions ?? []) expect(one.day).toBe(today?.day)
    }),
    { numRuns: 400 },
  )
  // So that the property says something.
  expect(accepted).toBeGreaterThan(20)
})
