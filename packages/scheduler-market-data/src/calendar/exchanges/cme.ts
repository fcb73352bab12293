import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { daysFromHoliday, holidayOnDate, holidayOnlyOn } from '../holiday-rules.ts'
import { US_HOLIDAYS } from './us-holidays.ts'

/** From Sunday to Friday with a pause of an hour a day, in the local time of Chicago. */
const GLOBEX = {
  timezone: 'America/Chicago',
  checked: '2026-11-30',
  knows: { from: '2024-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '17:00', closes: '16:00', opensTheDayBefore: true }],
} as const satisfies Partial<CalendarDefinition>

const BLACK_FRIDAY = daysFromHoliday(US_HOLIDAYS.thanksgiving, 1)
const CHRISTMAS_EVE = holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(12, 24))

/** Futures on equity indices at CME Globex, such as ES and NQ. */
export const CME_EQUITY: CalendarDefinition = {
  ...GLOBEX,
  name: 'CME-EQUITY',
  source: 'cmegroup.com/trading-hours, and the holiday schedules of its equity products',
  holidays: [US_HOLIDAYS.newYear, US_HOLIDAYS.christmas],
  earlyCloses: [
    // The day of mourning for a president; the exchange told it on 2024-12-30.
    { closes: '08:30', days: ['2025-01-09'] },
    { closes: '08:15', days: [US_HOLIDAYS.goodFriday] },
    {
      closes: '12:00',
      days: [
        US_HOLIDAYS.martinLutherKing,
        US_HOLIDAYS.presidents,
        US_HOLIDAYS.memorial,
        US_HOLIDAYS.juneteenth,
        US_HOLIDAYS.independence,
        US_HOLIDAYS.labor,
        US_HOLIDAYS.thanksgiving,
      ],
    },
    {
      closes: '12:15',
      days: [BLACK_FRIDAY, CHRISTMAS_EVE, holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(7, 3))],
    },
  ],
  // A Good Friday without a report on employment may be closed altogether: the sources differ.
  unknownDays: ['2024-03-29', '2025-04-18', '2027-03-26'],
}

/** Energy futures of NYMEX at CME Globex, such as CL and NG. The metals of COMEX keep the same hours. */
export const CME_ENERGY: CalendarDefinition = {
  ...GLOBEX,
  name: 'CME-ENERGY',
  source: 'cmegroup.com/trading-hours, and the holiday schedules of its energy products',
  holidays: [US_HOLIDAYS.newYear, US_HOLIDAYS.goodFriday, US_HOLIDAYS.christmas],
  earlyCloses: [
    { closes: '12:00', days: [US_HOLIDAYS.labor] },
    { closes: '12:45', days: [BLACK_FRIDAY, CHRISTMAS_EVE] },
    {
      closes: '13:30',
      days: [
        US_HOLIDAYS.martinLutherKing,
        US_HOLIDAYS.presidents,
        US_HOLIDAYS.memorial,
        US_HOLIDAYS.juneteenth,
        US_HOLIDAYS.independence,
        US_HOLIDAYS.thanksgiving,
      ],
    },
  ],
}
