import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { holidayFromEaster, holidayOnDate } from '../holiday-rules.ts'

/**
 * The days on which the European Central Bank publishes its euro foreign exchange reference rates. A session begins when
 * the central banks agree on the rates and closes when they are published: its close is the time of that day's rates.
 */
export const ECB: CalendarDefinition = {
  name: 'ECB',
  timezone: 'Europe/Berlin',
  source: 'ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates, and the closing days of T2',
  checked: '2026-11-30',
  knows: { from: '2010-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '14:15', closes: '16:00' }],
  holidays: [
    holidayOnDate(1, 1),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    holidayOnDate(5, 1),
    holidayOnDate(12, 25),
    holidayOnDate(12, 26),
  ],
}
