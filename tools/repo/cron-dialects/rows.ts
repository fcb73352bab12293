/** One row of the table of dialects: a pattern, and a schedule of ours with the meaning that its writer has in mind. */
export interface Row {
  readonly pattern: string
  /** What is shown of it. */
  readonly about: string
  /** Patterns of ours that together have the meaning, or the distance in minutes. */
  readonly meant: readonly string[] | number
  readonly timezone?: string
  /** The time in which due times are compared (default the first three months of 2026). */
  readonly from?: string
  readonly to?: string
}

/** The search begins a second before, which is a due time: periods count from the last run in some. */
const ON_THE_GRID = '2026-01-01T00:00:01Z'

const BERLIN_GAP = { timezone: 'Europe/Berlin', from: '2026-03-28T12:00:00Z', to: '2026-03-29T12:00:00Z' }
const BERLIN_TWICE = { timezone: 'Europe/Berlin', from: '2026-10-24T12:00:00Z', to: '2026-10-25T12:00:00Z' }
const CAIRO_GAP = { timezone: 'Africa/Cairo', from: '2023-04-27T12:00:00Z', to: '2023-04-28T12:00:00Z' }

export const PATTERN_ROWS: readonly Row[] = [
  { pattern: '0 0 13 * 5', about: 'the 13th and every Friday', meant: ['0 0 13 * 5'] },
  { pattern: '0 0 */1 * 1', about: 'Mondays', meant: ['0 0 * * 1'] },
  { pattern: '0 0 */2 * 1', about: 'Mondays of odd date', meant: ['0 0 1-31/2 * +1'] },
  { pattern: '0 0 13 * +5', about: 'Fridays the 13th', meant: ['0 0 13 * +5'] },
  { pattern: '15 0 12 * * *', about: 'daily at 12:00:15', meant: ['15 0 12 * * *'] },
  { pattern: '0 12 ? * MON', about: 'Mondays', meant: ['0 12 * * MON'] },
  { pattern: '0 12 ? * 2-6', about: 'Tuesday to Saturday', meant: ['0 12 * * TUE-SAT'] },
  { pattern: '0 0 12 ? * 2-6', about: 'Monday to Friday (Quartz)', meant: ['0 12 * * MON-FRI'] },
  { pattern: '0 0 12 * * ? *', about: 'daily (Quartz)', meant: ['0 12 * * *'] },
  { pattern: '0 10 * * ? *', about: 'daily at 10:00 (EventBridge)', meant: ['0 10 * * *'] },
  { pattern: '@daily', about: 'daily at 0:00', meant: ['0 0 * * *'] },
  { pattern: '@every 5m', about: 'every 5 minutes', meant: 5, from: ON_THE_GRID },
  { pattern: '5 minutes', about: 'every 5 minutes', meant: 5, from: ON_THE_GRID },
  { pattern: '0 8 * * MON-FRI', about: 'Monday to Friday', meant: ['0 8 * * 1-5'] },
  { pattern: '0 8 * * MONDAY', about: 'Mondays', meant: ['0 8 * * 1'] },
  { pattern: '0 0 * * FRI-MON', about: 'Friday to Monday', meant: ['0 0 * * 5,6,0,1'] },
  { pattern: '0 22-2 * * *', about: 'hourly from 22:00 to 2:00', meant: ['0 22,23,0,1,2 * * *'] },
  { pattern: '0 0 * * 7', about: 'Sundays', meant: ['0 0 * * SUN'] },
  { pattern: '0 0 * * 5-7', about: 'Friday to Sunday', meant: ['0 0 * * 5,6,0'] },
  { pattern: '5/15 * * * *', about: ':05, :20, :35, :50', meant: ['5,20,35,50 * * * *'] },
  { pattern: '*/60 * * * *', about: 'hourly', meant: ['0 * * * *'] },
  { pattern: '*/90 * * * *', about: 'every 90 minutes', meant: 90 },
  { pattern: '0 0 L * *', about: 'the last of the month', meant: ['0 0 L * *'] },
  {
    pattern: '0 0 L-3 * *',
    about: '3 days before the last',
    meant: ['0 0 28 1,3,5,7,8,10,12 *', '0 0 27 4,6,9,11 *', '0 0 25 2 *'],
  },
  { pattern: '0 0 LW * *', about: 'the last Monday to Friday', meant: ['0 0 LW * *'] },
  { pattern: '0 0 15W * *', about: 'the one nearest to the 15th', meant: ['0 0 15W * *'] },
  { pattern: '0 0 * * 5#2', about: 'second Fridays', meant: ['0 0 8-14 * +5'] },
  { pattern: '0 0 * * 5L', about: 'last Fridays', meant: ['0 0 * * FRIL'] },
  { pattern: 'H * * * *', about: 'hourly', meant: ['0 * * * *'] },
]

export const CLOCK_ROWS: readonly Row[] = [
  { pattern: '30 2 * * *', about: '2:00 to 3:00 is left out: at 3:00', meant: ['30 2 * * *'], ...BERLIN_GAP },
  { pattern: '15,45 2 * * *', about: 'the same: once, at 3:00', meant: ['15,45 2 * * *'], ...BERLIN_GAP },
  { pattern: '0 0 * * *', about: '0:00 to 1:00 is left out: at 1:00', meant: ['0 0 * * *'], ...CAIRO_GAP },
  { pattern: '30 2 * * *', about: '2:00 to 3:00 comes twice: the first', meant: ['30 2 * * *'], ...BERLIN_TWICE },
  { pattern: '0 1,2,3 * * *', about: 'the same: each once', meant: ['0 1,2,3 * * *'], ...BERLIN_TWICE },
  { pattern: '*/30 * * * *', about: 'the same: in both hours', meant: ['*/30 * * * *'], ...BERLIN_TWICE },
]

export const SAME = 'yes'
export const REFUSED = 'no'

export function keyOf({ pattern, about }: Row): string {
  return `${pattern} | ${about}`
}
