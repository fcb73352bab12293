import type { CalendarDefinition } from './calendar-definition.ts'
import { WORKDAYS } from './days.ts'
import {
  type HolidayRule,
  holidayExceptIn,
  holidayFromEaster,
  holidayOnDate,
  holidayOnWeekday,
  movedHoliday,
} from './holiday-rules.ts'

const GOOD_FRIDAY = holidayFromEaster(-2)
const EASTER_MONDAY = holidayFromEaster(1)

/** The London Stock Exchange. */
export const LONDON: CalendarDefinition = {
  name: 'XLON',
  timezone: 'Europe/London',
  source: 'bank holidays of England and Wales, as the London Stock Exchange keeps them, from 2010',
  week: [{ days: WORKDAYS, opens: '08:00', closes: '16:30' }],
  holidays: [
    movedHoliday({ sat: 2, sun: 1 }, holidayOnDate(1, 1)),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    holidayExceptIn([2020], holidayOnWeekday(1, 'mon', 5)),
    holidayExceptIn([2012, 2022], holidayOnWeekday(-1, 'mon', 5)),
    holidayOnWeekday(-1, 'mon', 8),
    movedHoliday({ sat: 2, sun: 1 }, holidayOnDate(12, 25)),
    // The workday after the observed Christmas holiday.
    movedHoliday({ sat: 2, sun: 2, mon: 1 }, holidayOnDate(12, 26)),
    // One-off holidays: a royal wedding, jubilees, VE day, a state funeral, a coronation.
    '2011-04-29',
    '2012-06-04',
    '2012-06-05',
    '2020-05-08',
    '2022-06-02',
    '2022-06-03',
    '2022-09-19',
    '2023-05-08',
  ],
  earlyCloses: [
    { closes: '12:30', days: [lastWorkdayUpTo(holidayOnDate(12, 24)), lastWorkdayUpTo(holidayOnDate(12, 31))] },
  ],
}

/** Deutsche Börse's Xetra. */
export const FRANKFURT: CalendarDefinition = {
  name: 'XETR',
  timezone: 'Europe/Berlin',
  source: 'the trading calendar of Deutsche Börse, from 2022',
  week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
  holidays: [
    holidayOnDate(1, 1),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    holidayOnDate(5, 1),
    holidayOnDate(12, 24),
    holidayOnDate(12, 25),
    holidayOnDate(12, 26),
    holidayOnDate(12, 31),
  ],
  earlyCloses: [{ closes: '14:00', days: [lastWorkdayUpTo(holidayOnDate(12, 30))] }],
}

/** The date itself, or the Friday before if the date falls on a weekend. */
function lastWorkdayUpTo(rule: HolidayRule): HolidayRule {
  return movedHoliday({ sat: -1, sun: -2 }, rule)
}
