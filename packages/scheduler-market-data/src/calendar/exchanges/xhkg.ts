import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear, WORKDAYS } from '../days.ts'

/**
 * The securities market of Hong Kong. Since 2024-09-23 it trades through typhoons; a typhoon closed it on 2024-09-06 for
 * the last time.
 */
export const XHKG: CalendarDefinition = {
  name: 'XHKG',
  timezone: 'Asia/Hong_Kong',
  source:
    'the securities market calendar at hkex.com.hk/Services/Trading/Securities/Overview/Trading-Calendar-and-Holiday-Schedule',
  checked: '2026-11-30',
  knows: { from: '2024-01-01', to: '2027-12-31' },
  week: [
    { days: WORKDAYS, opens: '09:30', closes: '12:00' },
    { days: WORKDAYS, opens: '13:00', closes: '16:00' },
  ],
  holidays: [
    ...datesByYear({
      2024: '01-01 02-12 02-13 03-29 04-01 04-04 05-01 05-15 06-10 07-01 09-06 09-18 10-01 10-11 12-25 12-26',
      2025: '01-01 01-29 01-30 01-31 04-04 04-18 04-21 05-01 05-05 07-01 10-01 10-07 10-29 12-25 12-26',
      2026: '01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25',
      2027: '01-01 02-08 02-09 03-26 03-29 04-05 05-13 06-09 07-01 09-16 10-01 10-08 12-27',
    }),
  ],
  // The eves of the lunar new year, of Christmas and of the new year.
  earlyCloses: [
    {
      closes: '12:00',
      days: datesByYear({
        2024: '02-09 12-24 12-31',
        2025: '01-28 12-24 12-31',
        2026: '02-16 12-24 12-31',
        2027: '02-05 12-24 12-31',
      }),
    },
  ],
}
