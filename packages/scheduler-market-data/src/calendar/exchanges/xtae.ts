import type { CalendarDefinition } from '../calendar-definition.ts'
import { datesByYear } from '../days.ts'

/** The shares of the Tel Aviv Stock Exchange: Sunday to Thursday until the end of 2025, Monday to Friday since. */
export const XTAE: CalendarDefinition = {
  name: 'XTAE',
  timezone: 'Asia/Jerusalem',
  source:
    'the vacation schedule and the change of trading days at tase.co.il/en/content/knowledge_center/trading_vacation_schedule',
  checked: '2026-11-30',
  knows: { from: '2025-01-01', to: '2026-12-31' },
  week: [
    { days: ['sun'], opens: '09:59', closes: '15:40' },
    { days: ['mon', 'tue', 'wed', 'thu'], opens: '09:59', closes: '17:15' },
  ],
  laterWeeks: [
    {
      from: '2026-01-05',
      week: [
        { days: ['mon', 'tue', 'wed', 'thu'], opens: '09:59', closes: '17:15' },
        { days: ['fri'], opens: '09:59', closes: '13:50' },
      ],
    },
  ],
  holidays: [
    ...datesByYear({
      2025: '04-13 04-30 05-01 06-01 06-02 08-03 09-22 09-23 09-24 10-01 10-02 10-06 10-07 10-13 10-14',
      // 2026-01-04 is the Sunday between the two weeks.
      2026: '01-04 03-03 04-01 04-02 04-07 04-08 04-21 04-22 05-21 05-22 07-23 09-11 09-18 09-21 09-25 10-02',
    }),
  ],
  // The days between the first and the last of Passover and of Sukkoth.
  earlyCloses: [
    {
      closes: '14:15',
      days: datesByYear({
        2025: '04-14 04-15 04-16 04-17 10-08 10-09 10-12',
        2026: '04-06 09-28 09-29 09-30 10-01',
      }),
    },
  ],
  // A Friday of Passover, for which the table has the hours of the other days.
  specialDays: [{ day: '2026-04-03', sessions: [{ opens: '09:59', closes: '14:15' }] }],
  // That Friday, and the election to the Knesset, a day off: as of May 2026 on this day, unless it was held before.
  unknownDays: ['2026-04-03', '2026-10-27'],
}
