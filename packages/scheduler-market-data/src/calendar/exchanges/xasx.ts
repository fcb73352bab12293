import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'
import { holidayExceptIn, holidayFromEaster, holidayOnDate, holidayOnWeekday, movedHoliday } from '../holiday-rules.ts'

const NEXT_WORKDAY = { sat: 2, sun: 1 } as const
/** The Friday before, for a date on a weekend. */
const LAST_WORKDAY = { sat: -1, sun: -2 } as const

/** The Australian Securities Exchange, until its closing auction begins. */
export const XASX: CalendarDefinition = {
  name: 'XASX',
  timezone: 'Australia/Sydney',
  source: 'the cash market trading calendar at asx.com.au/markets/market-resources/trading-hours-calendar',
  checked: '2026-11-30',
  knows: { from: '2011-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '10:00', closes: '16:00' }],
  holidays: [
    movedHoliday(NEXT_WORKDAY, holidayOnDate(1, 1)),
    movedHoliday(NEXT_WORKDAY, holidayOnDate(1, 26)),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    // Anzac Day is not observed on another day.
    holidayOnDate(4, 25),
    holidayOnWeekday(2, 'mon', 6),
    movedHoliday(NEXT_WORKDAY, holidayOnDate(12, 25)),
    // The workday after the observed Christmas holiday.
    movedHoliday({ sat: 2, sun: 2, mon: 1 }, holidayOnDate(12, 26)),
    // Easter Monday on Anzac Day; mourning for the queen.
    ...datesByYear({ 2011: '04-26', 2022: '09-22' }),
  ],
  earlyCloses: [
    {
      closes: '14:10',
      // In 2022 the exchange cancelled both.
      days: [
        holidayExceptIn([2022], movedHoliday(LAST_WORKDAY, holidayOnDate(12, 24))),
        holidayExceptIn([2022], movedHoliday(LAST_WORKDAY, holidayOnDate(12, 31))),
      ],
    },
  ],
}
