import type { CalendarDefinition } from './calendar-definition.ts'
import { WORKDAYS } from './days.ts'
import {
  daysFromHoliday,
  holidayFromEaster,
  holidayOnDate,
  holidayOnlyOn,
  holidayOnWeekday,
  holidaySince,
  movedHoliday,
} from './holiday-rules.ts'

const NEAREST_WORKDAY = { sat: -1, sun: 1 } as const

/** The holidays that the markets of the United States share. */
export const UNITED_STATES = {
  /** Not observed when it falls on a Saturday, since the last day of the year is a trading day. */
  newYear: movedHoliday({ sun: 1 }, holidayOnDate(1, 1)),
  martinLutherKing: holidayOnWeekday(3, 'mon', 1),
  presidents: holidayOnWeekday(3, 'mon', 2),
  goodFriday: holidayFromEaster(-2),
  memorial: holidayOnWeekday(-1, 'mon', 5),
  juneteenth: holidaySince(2022, movedHoliday(NEAREST_WORKDAY, holidayOnDate(6, 19))),
  independence: movedHoliday(NEAREST_WORKDAY, holidayOnDate(7, 4)),
  labor: holidayOnWeekday(1, 'mon', 9),
  thanksgiving: holidayOnWeekday(4, 'thu', 11),
  christmas: movedHoliday(NEAREST_WORKDAY, holidayOnDate(12, 25)),
} as const

/** The New York Stock Exchange; Nasdaq keeps the same hours. */
export const NEW_YORK: CalendarDefinition = {
  name: 'XNYS',
  timezone: 'America/New_York',
  source: 'NYSE rule 7.2 and its published calendars, from 2005',
  week: [{ days: WORKDAYS, opens: '09:30', closes: '16:00' }],
  holidays: [
    ...Object.values(UNITED_STATES),
    // One-off closures: mourning for three presidents, and hurricane Sandy.
    '2007-01-02',
    '2012-10-29',
    '2012-10-30',
    '2018-12-05',
    '2025-01-09',
  ],
  earlyCloses: [
    {
      closes: '13:00',
      days: [
        holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(7, 3)),
        daysFromHoliday(UNITED_STATES.thanksgiving, 1),
        holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(12, 24)),
      ],
    },
  ],
}

/** The futures of CME Globex, of which the energy contracts of NYMEX are a part. */
export const GLOBEX: CalendarDefinition = {
  name: 'GLBX',
  timezone: 'America/New_York',
  source:
    'CME Globex hours, from 2022; where products halt at different times of a holiday, the earliest counts for all, so that no silence is taken for a fault',
  week: [{ days: WORKDAYS, opens: '18:00', closes: '17:00', opensTheDayBefore: true }],
  holidays: [UNITED_STATES.newYear, UNITED_STATES.goodFriday, UNITED_STATES.christmas],
  earlyCloses: [
    {
      closes: '13:00',
      days: [
        UNITED_STATES.martinLutherKing,
        UNITED_STATES.presidents,
        UNITED_STATES.memorial,
        UNITED_STATES.juneteenth,
        UNITED_STATES.independence,
        UNITED_STATES.labor,
        UNITED_STATES.thanksgiving,
        daysFromHoliday(UNITED_STATES.thanksgiving, 1),
        holidayOnlyOn(WORKDAYS, holidayOnDate(7, 3)),
        holidayOnlyOn(WORKDAYS, holidayOnDate(12, 24)),
      ],
    },
  ],
}
