import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'

const DAY = { opens: '09:15', closes: '15:30' } as const
/** A day on which the exchange moves to its second site and back. */
const TWO_SITES = [
  { opens: '09:15', closes: '10:00' },
  { opens: '11:30', closes: '12:30' },
] as const

/** The National Stock Exchange of India, its capital market segment. */
export const XNSE: CalendarDefinition = {
  name: 'XNSE',
  timezone: 'Asia/Kolkata',
  source:
    'the circulars on trading holidays and special sessions at nseindia.com/resources/exchange-communication-circulars',
  checked: '2026-11-30',
  knows: { from: '2022-01-01', to: '2026-12-31' },
  week: [{ days: WORKDAYS, ...DAY }],
  holidays: [
    ...datesByYear({
      2022: '01-26 03-01 03-18 04-14 04-15 05-03 08-09 08-15 08-31 10-05 10-24 10-26 11-08',
      2023: '01-26 03-07 03-30 04-04 04-07 04-14 05-01 06-29 08-15 09-19 10-02 10-24 11-14 11-27 12-25',
      2024: '01-22 01-26 03-08 03-25 03-29 04-11 04-17 05-01 05-20 06-17 07-17 08-15 10-02 11-01 11-15 11-20 12-25',
      2025: '02-26 03-14 03-31 04-10 04-14 04-18 05-01 08-15 08-27 10-02 10-21 10-22 11-05 12-25',
      2026: '01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25',
    }),
  ],
  specialDays: [
    // Muhurat, the hour with which a year of trade begins on Diwali.
    { day: '2022-10-24', sessions: [{ opens: '18:15', closes: '19:15' }] },
    { day: '2023-11-12', sessions: [{ opens: '18:15', closes: '19:15' }] },
    { day: '2024-11-01', sessions: [{ opens: '18:00', closes: '19:00' }] },
    { day: '2025-10-21', sessions: [{ opens: '13:45', closes: '14:45' }] },
    // Saturdays: a full day in place of a Monday, and two tests of the second site.
    { day: '2024-01-20', sessions: [DAY] },
    { day: '2024-03-02', sessions: TWO_SITES },
    { day: '2024-05-18', sessions: TWO_SITES },
    // The days of the budget, on a Saturday and on a Sunday.
    { day: '2025-02-01', sessions: [DAY] },
    { day: '2026-02-01', sessions: [DAY] },
  ],
  // Muhurat of 2026: circular NSE/CMTR/71775 leaves its hours to a later one.
  unknownDays: ['2026-11-08'],
}
