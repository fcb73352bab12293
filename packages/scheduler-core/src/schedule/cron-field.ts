/** What one field of a cron pattern may hold. */
export interface CronField {
  readonly name: string
  /** In words that follow "expected". */
  readonly expected: string
  readonly min: number
  /** The last value. A weekday may also be 7, which is Sunday again. */
  readonly max: number
  /** The names of the values from `min` on; empty where there are none. */
  readonly names: readonly string[]
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const

/** Sunday first, as crontab and Quartz count them: from 0 there, from 1 here. */
export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const

/** The six fields in their order. A pattern of five has no seconds. */
export const CRON_FIELDS: readonly CronField[] = [
  { name: 'second', expected: '0-59', min: 0, max: 59, names: [] },
  { name: 'minute', expected: '0-59', min: 0, max: 59, names: [] },
  { name: 'hour', expected: '0-23', min: 0, max: 23, names: [] },
  {
    name: 'day of month',
    expected: '1-31, L for the last day or 15W for the weekday nearest to the 15th',
    min: 1,
    max: 31,
    names: [],
  },
  { name: 'month', expected: '1-12 or JAN-DEC', min: 1, max: 12, names: MONTHS },
  {
    name: 'day of week',
    expected: '0-7 or SUN-SAT, 5#2 for the second Friday or 5L for the last',
    min: 0,
    max: 6,
    names: WEEKDAYS,
  },
]

/** The rules of the fields that a pattern of five or six fields has. */
export function fieldsOf(fields: readonly string[]): readonly CronField[] {
  return fields.length === CRON_FIELDS.length ? CRON_FIELDS : CRON_FIELDS.slice(1)
}

/** Where a pattern has its two day fields: the index of the day of month and of the day of week. */
export function dayFieldsOf(fields: readonly string[]): readonly [date: number, weekday: number] {
  return [fields.length - 3, fields.length - 1]
}
