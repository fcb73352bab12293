import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { holidayFromEaster, holidayOnDate } from '../holiday-rules.ts'

/** SIX Swiss Exchange. */
export const XSWX: CalendarDefinition = {
  name: 'XSWX',
  timezone: 'Europe/Zurich',
  source: 'the trading and settlement calendar of SIX at six-group.com/en/market-data/trading-calendar',
  checked: '2026-11-30',
  knows: { from: '2010-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
  holidays: [
    holidayOnDate(1, 1),
    holidayOnDate(1, 2),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    holidayOnDate(5, 1),
    // Ascension and Whit Monday.
    holidayFromEaster(39),
    holidayFromEaster(50),
    holidayOnDate(8, 1),
    holidayOnDate(12, 24),
    holidayOnDate(12, 25),
    holidayOnDate(12, 26),
    holidayOnDate(12, 31),
  ],
}
