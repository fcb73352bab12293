import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'

/** The securities market of the Singapore Exchange. */
export const XSES: CalendarDefinition = {
  name: 'XSES',
  timezone: 'Asia/Singapore',
  source: 'sgx.com/trading/market-hours and the public holidays at mom.gov.sg; the break at noon since 2017-11-13',
  checked: '2026-11-30',
  knows: { from: '2018-01-01', to: '2026-12-31' },
  week: [
    { days: WORKDAYS, opens: '09:00', closes: '12:00' },
    { days: WORKDAYS, opens: '13:00', closes: '17:00' },
  ],
  holidays: [
    ...datesByYear({
      2018: '01-01 02-16 03-30 05-01 05-29 06-15 08-09 08-22 11-06 12-25',
      2019: '01-01 02-05 02-06 04-19 05-01 05-20 06-05 08-09 08-12 10-28 12-25',
      2020: '01-01 01-27 04-10 05-01 05-07 05-25 07-10 07-31 08-10 12-25',
      2021: '01-01 02-12 04-02 05-13 05-26 07-20 08-09 11-04',
      2022: '02-01 02-02 04-15 05-02 05-03 05-16 07-11 08-09 10-24 12-26',
      2023: '01-02 01-23 01-24 04-07 05-01 06-02 06-29 08-09 09-01 11-13 12-25',
      2024: '01-01 02-12 03-29 04-10 05-01 05-22 06-17 08-09 10-31 12-25',
      2025: '01-01 01-29 01-30 03-31 04-18 05-01 05-12 10-20 12-25',
      2026: '01-01 02-17 02-18 04-03 05-01 05-27 06-01 08-10 11-09 12-25',
    }),
  ],
  // The eves of the lunar new year, of Christmas and of the new year, where they are workdays.
  earlyCloses: [
    {
      closes: '12:00',
      days: datesByYear({
        2018: '02-15 12-24 12-31',
        2019: '02-04 12-24 12-31',
        2020: '01-24 12-24 12-31',
        2021: '02-11 12-24 12-31',
        2022: '01-31',
        2024: '02-09 12-24 12-31',
        2025: '01-28 12-24 12-31',
        2026: '02-16 12-24 12-31',
      }),
    },
  ],
}
