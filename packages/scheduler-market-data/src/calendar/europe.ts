import type { CalendarDefinition } from './calendar-definition.ts'
import { WORKDAYS } from './days.ts'
import { type DayRule, except, fromEaster, moved, onDate, onWeekday } from './holiday-rules.ts'

const GOOD_FRIDAY = fromEaster(-2)
const EASTER_MONDAY = fromEaster(1)

/** The London Stock Exchange. */
export const LONDON: CalendarDefinition = {
  name: 'XLON',
  timezone: 'Europe/London',
  source: 'bank holidays of England and Wales, as the London Stock Exchange keeps them, from 2010',
  week: [{ days: WORKDAYS, opens: '08:00', closes: '16:30' }],
  holidays: [
    moved({ sat: 2, sun: 1 }, onDate(1, 1)),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    except([2020], onWeekday(1, 'mon', 5)),
    except([2012, 2022], onWeekday(-1, 'mon', 5)),
    onWeekday(-1, 'mon', 8),
    moved({ sat: 2, sun: 1 }, onDate(12, 25)),
    // Behind Christmas, wherever that was moved to.
    moved({ sat: 2, sun: 2, mon: 1 }, onDate(12, 26)),
    // Moved or added for once: a royal wedding, jubilees, VE day, a state funeral, a coronation.
    '2011-04-29',
    '2012-06-04',
    '2012-06-05',
    '2020-05-08',
    '2022-06-02',
    '2022-06-03',
    '2022-09-19',
    '2023-05-08',
  ],
  earlyCloses: [{ closes: '12:30', days: [lastWorkdayUpTo(onDate(12, 24)), lastWorkdayUpTo(onDate(12, 31))] }],
}

/** Deutsche Börse's Xetra. */
export const FRANKFURT: CalendarDefinition = {
  name: 'XETR',
  timezone: 'Europe/Berlin',
  source: 'the trading calendar of Deutsche Börse, from 2022',
  week: [{ days: WORKDAYS, opens: '09:00', closes: '17:30' }],
  holidays: [
    onDate(1, 1),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    onDate(5, 1),
    onDate(12, 24),
    onDate(12, 25),
    onDate(12, 26),
    onDate(12, 31),
  ],
  earlyCloses: [{ closes: '14:00', days: [lastWorkdayUpTo(onDate(12, 30))] }],
}

/** The date itself, or the Friday before where it falls on a weekend. */
function lastWorkdayUpTo(rule: DayRule): DayRule {
  return moved({ sat: -1, sun: -2 }, rule)
}
