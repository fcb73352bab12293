import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { holidayFromEaster, holidayOnDate, holidayOnlyOn, holidayOnWeekday, movedHoliday } from '../holiday-rules.ts'

const NEXT_WORKDAY = { sat: 2, sun: 1 } as const

/** The Toronto Stock Exchange. */
export const XTSE: CalendarDefinition = {
  name: 'XTSE',
  timezone: 'America/Toronto',
  source: 'tsx.com/en/trading/calendars-and-trading-hours',
  checked: '2026-11-30',
  knows: { from: '2010-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '09:30', closes: '16:00' }],
  holidays: [
    movedHoliday(NEXT_WORKDAY, holidayOnDate(1, 1)),
    holidayOnWeekday(3, 'mon', 2),
    holidayFromEaster(-2),
    // Victoria Day: the Monday before 25 May.
    movedHoliday({ tue: -1, wed: -2, thu: -3, fri: -4, sat: -5, sun: -6 }, holidayOnDate(5, 24)),
    movedHoliday(NEXT_WORKDAY, holidayOnDate(7, 1)),
    holidayOnWeekday(1, 'mon', 8),
    holidayOnWeekday(1, 'mon', 9),
    holidayOnWeekday(2, 'mon', 10),
    movedHoliday(NEXT_WORKDAY, holidayOnDate(12, 25)),
    // The workday after the observed Christmas holiday.
    movedHoliday({ sat: 2, sun: 2, mon: 1 }, holidayOnDate(12, 26)),
  ],
  earlyCloses: [{ closes: '13:00', days: [holidayOnlyOn(WORKDAYS, holidayOnDate(12, 24))] }],
}
