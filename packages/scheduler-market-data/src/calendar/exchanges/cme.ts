import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { daysFromHoliday, type HolidayRule, holidayExceptIn, holidayOnDate, holidayOnlyOn } from '../holiday-rules.ts'
import { US_HOLIDAYS } from './us-holidays.ts'

/** From Sunday to Friday with a pause of an hour a day, in the local time of Chicago. */
const GLOBEX = {
  timezone: 'America/Chicago',
  checked: '2026-11-30',
  knows: { from: '2024-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '17:00', closes: '16:00', opensTheDayBefore: true }],
} as const satisfies Partial<CalendarDefinition>

/** Days on which New York rests and Globex closes early. */
const SHORT_HOLIDAYS = [
  US_HOLIDAYS.martinLutherKing,
  US_HOLIDAYS.presidents,
  US_HOLIDAYS.memorial,
  US_HOLIDAYS.juneteenth,
  US_HOLIDAYS.independence,
  US_HOLIDAYS.labor,
  US_HOLIDAYS.thanksgiving,
]
const BLACK_FRIDAY = daysFromHoliday(US_HOLIDAYS.thanksgiving, 1)
const CHRISTMAS_EVE = holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(12, 24))

/** Futures on equity indices at CME Globex, such as ES and NQ. */
export const CME_EQUITY: CalendarDefinition = {
  ...GLOBEX,
  name: 'CME-EQUITY',
  source: 'cmegroup.com/trading-hours, and the holiday schedules of its equity products',
  // On a Good Friday with a report on employment they trade until it is out: of these years only 2026.
  holidays: [US_HOLIDAYS.newYear, holidayExceptIn([2026], US_HOLIDAYS.goodFriday), US_HOLIDAYS.christmas],
  earlyCloses: [
    // The day of mourning for a president; the exchange told it on 2024-12-30.
    { closes: '08:30', days: ['2025-01-09'] },
    { closes: '08:15', days: ['2026-04-03'] },
    { closes: '12:00', days: SHORT_HOLIDAYS },
    {
      closes: '12:15',
      days: [BLACK_FRIDAY, CHRISTMAS_EVE, holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(7, 3))],
    },
  ],
  // Good Fridays for which the sources differ, or have nothing yet.
  unknownDays: ['2024-03-29', '2027-03-26'],
}

/** Energy futures of NYMEX at CME Globex, such as CL and NG. The metals of COMEX keep the same hours. */
export const CME_ENERGY: CalendarDefinition = {
  ...GLOBEX,
  name: 'CME-ENERGY',
  source: 'cmegroup.com/trading-hours, and the holiday schedules of its energy products',
  holidays: [US_HOLIDAYS.newYear, US_HOLIDAYS.goodFriday, US_HOLIDAYS.christmas],
  earlyCloses: [
    // On a Friday they do not open again in the evening, and close with the other products.
    { closes: '12:00', days: [onFriday(US_HOLIDAYS.juneteenth), onFriday(US_HOLIDAYS.independence)] },
    { closes: '12:45', days: [CHRISTMAS_EVE, '2024-11-29'] },
    { closes: '13:30', days: SHORT_HOLIDAYS },
    { closes: '13:45', days: [BLACK_FRIDAY] },
  ],
  // Days after Thanksgiving for which the sources differ, or have nothing yet.
  unknownDays: ['2024-11-29', '2027-11-26'],
}

function onFriday(rule: HolidayRule): HolidayRule {
  return holidayOnlyOn(['fri'], rule)
}
