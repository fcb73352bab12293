import { describe, expect, test } from 'vitest'

import type { CalendarDefinition } from './calendar-definition.ts'
import { WORKDAYS } from './days.ts'
import { defineCalendar } from './define-calendar.ts'
import { holidayOnDate } from './holiday-rules.ts'

const YEAR_MS = 365.25 * 86_400_000

describe('the cost of questions', () => {
  test('a calendar computes nothing before it is asked, and each year once', () => {
    const { definition, evaluated } = counting()
    const calendar = defineCalendar(definition)
    expect(evaluated()).toBe(0)
    for (let question = 0; question < 10_000; question++) {
      const at = Date.UTC(2026, 0, 10) + question * 3_000_000
      calendar.isOpen(at)
      calendar.nextOpen(at)
      calendar.previousClose(at)
      calendar.lastSession(at)
      calendar.tradingDayAt(at)
      calendar.tradingDay('2026-06-01')
    }
    // The year itself, and the next one for the questions in December, each with its neighbours.
    expect(evaluated()).toBeLessThanOrEqual(2 * 3)
  })

  test('what it keeps is bounded: after very many years it computes again', () => {
    const { definition, evaluated } = counting()
    const calendar = defineCalendar(definition)
    for (let year = 1900; year < 2100; year++) calendar.isOpen(Date.UTC(year, 5, 1))
    const once = evaluated()
    calendar.isOpen(Date.UTC(1900, 5, 1))
    expect(evaluated()).toBeGreaterThan(once)
  })

  test('a question about far away times ends', () => {
    const calendar = defineCalendar(counting().definition)
    for (const at of [-60_000 * YEAR_MS, -8.64e15, 8.64e15, 60_000 * YEAR_MS]) {
      expect(calendar.isOpen(at)).toBe(false)
      expect(calendar.phaseAt(at)).toBe('closed')
      expect(calendar.knowsAt(at)).toBe(false)
    }
  })
})

/** A calendar with one rule, and how often that was evaluated. */
function counting(): { readonly definition: CalendarDefinition; readonly evaluated: () => number } {
  let evaluated = 0
  const christmas = holidayOnDate(12, 25)
  const rule = (year: number) => {
    evaluated++
    return christmas(year)
  }
  return {
    definition: {
      name: 'counted',
      timezone: 'Europe/Berlin',
      source: 'made up',
      knows: { from: '2026-01-01', to: '2026-12-31' },
      week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
      holidays: [rule],
    },
    evaluated: () => evaluated,
  }
}
