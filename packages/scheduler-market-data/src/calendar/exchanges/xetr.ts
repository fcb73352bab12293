import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'
import { holidayFromEaster, holidayOnDate, movedHoliday } from '../holiday-rules.ts'

/** Deutsche Börse's Xetra. */
export const XETR: CalendarDefinition = {
  name: 'XETR',
  timezone: 'Europe/Berlin',
  source: 'the trading calendar of Deutsche Börse at xetra.com/xetra-en/trading/trading-calendar-and-trading-hours',
  checked: '2026-11-30',
  knows: { from: '2014-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
  holidays: [
    holidayOnDate(1, 1),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    holidayOnDate(5, 1),
    holidayOnDate(12, 24),
    holidayOnDate(12, 25),
    holidayOnDate(12, 26),
    holidayOnDate(12, 31),
    // Whit Monday and the day of German unity, which have been trading days since 2022, and one Reformation Day.
    ...datesByYear({
      2014: '10-03',
      2015: '05-25',
      2016: '05-16 10-03',
      2017: '06-05 10-03 10-31',
      2018: '05-21 10-03',
      2019: '06-10 10-03',
      2020: '06-01',
      2021: '05-24',
    }),
  ],
  // The last trading day of the year.
  earlyCloses: [{ closes: '14:00', days: [movedHoliday({ sat: -1, sun: -2 }, holidayOnDate(12, 30))] }],
}
