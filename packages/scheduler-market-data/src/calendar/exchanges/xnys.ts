import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { daysFromHoliday, holidayOnDate, holidayOnlyOn } from '../holiday-rules.ts'
import { US_HOLIDAYS } from './us-holidays.ts'

/** The New York Stock Exchange. */
export const XNYS: CalendarDefinition = {
  name: 'XNYS',
  timezone: 'America/New_York',
  source: 'NYSE rule 7.2 and the calendars published at nyse.com/markets/hours-calendars, to 2028',
  checked: '2026-11-30',
  knows: { from: '2005-01-01', to: '2028-12-31' },
  week: [{ days: WORKDAYS, opens: '09:30', closes: '16:00' }],
  holidays: [
    ...Object.values(US_HOLIDAYS),
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
        daysFromHoliday(US_HOLIDAYS.thanksgiving, 1),
        holidayOnlyOn(['mon', 'tue', 'wed', 'thu'], holidayOnDate(12, 24)),
      ],
    },
  ],
}

/** Nasdaq, which keeps the hours of New York. */
export const XNAS: CalendarDefinition = {
  ...XNYS,
  name: 'XNAS',
  source: 'the calendars published at nasdaqtrader.com, which are those of New York',
  knows: { from: '2015-01-01', to: '2027-12-31' },
}
