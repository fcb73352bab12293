import * as z from 'zod'
import type { EpochMs } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { MAX_CALENDAR_NAME } from '../limits.ts'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { checkTimezone } from './zone.ts'
import { createZoneSpans } from './zone-spans.ts'

/** Due times that a job leaves out, such as public holidays. */
export interface ExclusionCalendar {
  /** Names the calendar where a due time was excluded. */
  readonly name: string
  excludes(dueAt: EpochMs): boolean
  /**
   * Given an excluded instant, an instant up to which all are excluded too: the search for the next run skips to it at
   * once.
   */
  excludedUntil?(dueAt: EpochMs): EpochMs
}

export interface ExcludeDatesOptions {
  /** Names the calendar in the ledger and in explanations (default `dates`). */
  readonly name?: string
  /** The IANA time zone in which the dates begin and end. */
  readonly timezone: string
  /** Whole days, such as `2026-12-25`. */
  readonly dates: readonly string[]
  /** Whether every Saturday and Sunday is left out too (default false). */
  readonly weekends?: boolean
}

/**
 * A calendar that excludes whole days of one time zone. Throws `INVALID_OPTIONS` for an invalid date, with its index,
 * and for an unknown zone.
 *
 * @example excludeDates({ name: 'NYSE', timezone: 'America/New_York', dates: ['2026-12-25'], weekends: true })
 */
export function excludeDates(options: ExcludeDatesOptions): ExclusionCalendar {
  const { name, timezone, dates, weekends } = parseOptions(excludeDatesSchema(), options, 'excludeDates')
  const zone = createZoneSpans(checkTimezone(timezone, 'excludeDates.timezone'))
  const excluded = new Set(dates.map(toDayNumber))
  return Object.freeze({
    name,
    excludes: (dueAt: EpochMs) => {
      const day = Math.floor((dueAt + zone.at(dueAt).offsetMs) / DAY_MS)
      return excluded.has(day) || (weekends && isWeekend(day))
    },
    excludedUntil: (dueAt: EpochMs) => {
      const { offsetMs, endAt } = zone.at(dueAt)
      const day = Math.floor((dueAt + offsetMs) / DAY_MS)
      return Math.min((day + 1) * DAY_MS - offsetMs, endAt)
    },
  })
}

const DAY_MS = 86_400_000

const excludeDatesSchema = lazily(() =>
  z.strictObject({
    name: z.string().min(1).max(MAX_CALENDAR_NAME).default('dates'),
    timezone: z.string(),
    dates: z.array(z.string({ error: 'a date such as 2026-12-25' })).max(100_000),
    weekends: z.boolean().default(false),
  }),
)

/** Days since the epoch. `Date.parse` alone takes 30 February for 2 March. */
function toDayNumber(date: string, index: number): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(date)) return at / DAY_MS
  refuseOption({ path: `excludeDates.dates[${index}]`, value: date, expected: EXPECTED })
}

const EXPECTED = 'a date that exists, such as 2026-12-25'

/** Day 0, the first of 1970, was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}
