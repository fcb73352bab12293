import { holidayFromEaster, holidayOnDate, holidayOnWeekday, holidaySince, movedHoliday } from '../holiday-rules.ts'

const NEAREST_WORKDAY = { sat: -1, sun: 1 } as const

/** The holidays that the markets of the United States share. */
export const US_HOLIDAYS = {
  /** Not observed when it falls on a Saturday, since the last day of the year is a trading day. */
  newYear: movedHoliday({ sun: 1 }, holidayOnDate(1, 1)),
  martinLutherKing: holidayOnWeekday(3, 'mon', 1),
  presidents: holidayOnWeekday(3, 'mon', 2),
  goodFriday: holidayFromEaster(-2),
  memorial: holidayOnWeekday(-1, 'mon', 5),
  juneteenth: holidaySince(2022, movedHoliday(NEAREST_WORKDAY, holidayOnDate(6, 19))),
  independence: movedHoliday(NEAREST_WORKDAY, holidayOnDate(7, 4)),
  labor: holidayOnWeekday(1, 'mon', 9),
  thanksgiving: holidayOnWeekday(4, 'thu', 11),
  christmas: movedHoliday(NEAREST_WORKDAY, holidayOnDate(12, 25)),
} as const
