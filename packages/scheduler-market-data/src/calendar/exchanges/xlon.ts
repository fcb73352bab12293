import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'
import { holidayExceptIn, holidayFromEaster, holidayOnDate, holidayOnWeekday, movedHoliday } from '../holiday-rules.ts'

/** The Friday before, for a date on a weekend. */
const LAST_WORKDAY = { sat: -1, sun: -2 } as const

/** The London Stock Exchange. */
export const XLON: CalendarDefinition = {
  name: 'XLON',
  timezone: 'Europe/London',
  source:
    'the bank holidays of England and Wales at gov.uk/bank-holidays, and londonstockexchange.com/equities-trading/business-days',
  checked: '2026-11-30',
  knows: { from: '2010-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '08:00', closes: '16:30' }],
  holidays: [
    movedHoliday({ sat: 2, sun: 1 }, holidayOnDate(1, 1)),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    holidayExceptIn([2020], holidayOnWeekday(1, 'mon', 5)),
    holidayExceptIn([2012, 2022], holidayOnWeekday(-1, 'mon', 5)),
    holidayOnWeekday(-1, 'mon', 8),
    movedHoliday({ sat: 2, sun: 1 }, holidayOnDate(12, 25)),
    // The workday after the observed Christmas holiday.
    movedHoliday({ sat: 2, sun: 2, mon: 1 }, holidayOnDate(12, 26)),
    // A royal wedding, two jubilees, VE day, a state funeral, a coronation.
    ...datesByYear({ 2011: '04-29', 2012: '06-04 06-05', 2020: '05-08', 2022: '06-02 06-03 09-19', 2023: '05-08' }),
  ],
  earlyCloses: [
    {
      closes: '12:30',
      days: [movedHoliday(LAST_WORKDAY, holidayOnDate(12, 24)), movedHoliday(LAST_WORKDAY, holidayOnDate(12, 31))],
    },
  ],
}
