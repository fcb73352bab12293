import type { CalendarDefinition } from '../calendar-definition.ts'
import { WORKDAYS } from '../days.ts'
import { holidayFromEaster, holidayOnDate, holidayOnlyOn } from '../holiday-rules.ts'

/** What the cash markets of Euronext have in common. */
const EURONEXT = {
  source: 'the cash markets of Euronext at euronext.com/en/trade/trading-hours-holidays',
  checked: '2026-11-30',
  knows: { from: '2010-01-01', to: '2027-12-31' },
  week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
  holidays: [
    holidayOnDate(1, 1),
    holidayFromEaster(-2),
    holidayFromEaster(1),
    holidayOnDate(5, 1),
    holidayOnDate(12, 25),
    holidayOnDate(12, 26),
  ],
  earlyCloses: [
    {
      closes: '14:05',
      days: [holidayOnlyOn(WORKDAYS, holidayOnDate(12, 24)), holidayOnlyOn(WORKDAYS, holidayOnDate(12, 31))],
    },
  ],
} as const satisfies Partial<CalendarDefinition>

export const XPAR: CalendarDefinition = { ...EURONEXT, name: 'XPAR', timezone: 'Europe/Paris' }
export const XAMS: CalendarDefinition = { ...EURONEXT, name: 'XAMS', timezone: 'Europe/Amsterdam' }
