import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear } from '../days.ts'

/** The Saudi Exchange, whose week is Sunday to Thursday. */
export const XSAU: CalendarDefinition = {
  name: 'XSAU',
  timezone: 'Asia/Riyadh',
  source: 'the holiday calendar at saudiexchange.sa, in its exchange media centre',
  checked: '2026-11-30',
  knows: { from: '2021-01-01', to: '2027-12-31' },
  week: [{ days: ['sun', 'mon', 'tue', 'wed', 'thu'], opens: '10:00', closes: '15:00' }],
  holidays: [
    ...datesByYear({
      2021: '02-22 05-13 05-16 07-18 07-19 07-20 07-21 07-22 09-23',
      2022: '02-22 04-28 05-01 05-02 05-03 05-04 05-05 05-08 07-07 07-10 07-11 07-12 07-13',
      2023: '02-22 04-18 04-19 04-20 04-23 04-24 04-25 06-27 06-28 06-29 07-02',
      2024: '02-22 04-07 04-08 04-09 04-10 04-11 04-14 04-15 06-13 06-16 06-17 06-18 06-19 06-20 06-23 09-23',
      2025: '03-27 03-30 03-31 04-01 04-02 06-04 06-05 06-08 06-09 09-23',
      2026: '02-22 03-17 03-18 03-19 03-22 03-23 05-24 05-25 05-26 05-27 05-28 09-23',
      2027: '02-22 03-07 03-08 03-09 03-10 03-11 05-16 05-17 05-18 05-19 05-20 09-23',
    }),
  ],
}
