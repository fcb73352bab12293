import * as z from 'zod'
import { lazily } from '../lazily.ts'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { compileCron } from './compiled-cron.ts'
import { CRON_DIALECTS, type CronDialect } from './cron-dialect.ts'
import type { CronSchedule } from './schedule.ts'

export interface CronOptions {
  /** An IANA time zone such as `Europe/Berlin` (default `UTC`, never the host's zone). */
  readonly timezone?: string
  /**
   * The dialect that the pattern is written in, when it is not the one of `cron`. `quartz` has seconds first and perhaps
   * a year, `eventbridge` has a year last; both want `?` in one day field and count weekdays from 1 for Sunday. The
   * schedule has the pattern in the dialect of `cron`. A year other than `*` is refused (default: the dialect of `cron`).
   */
  readonly dialect?: CronDialect
}

/**
 * Due times by a cron pattern: minute, hour, day of month, month, weekday; or six fields with seconds first; or
 * `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly`.
 *
 * - **Fields**: `*`, values, lists `1,15`, ranges `9-17`, steps `0-59/5` and `10-40/10`. Months and weekdays have names of three
 *   letters (`JAN`, `MON-FRI`); the weekdays 0 and 7 are Sunday.
 * - **Days**: `L` the last day of the month, `LW` its last weekday (Monday to Friday), `15W` the weekday nearest to the
 *   15th; `5#2` the second Friday of the month, `5L` the last. `?` in a day field is `*`.
 * - **Both day fields**: when either begins with `*`, both must match; otherwise one suffices, as in Vixie crontab. `+`
 *   before the weekday demands both.
 * - **Zone**: UTC unless `timezone` says otherwise; never the host's, which most peers take.
 * - **When clocks change**, a pattern whose minute and hour do not start with `*` is due exactly once: at the first
 *   instant after the gap that swallowed it (2:30 in Berlin on 29 March 2026 is due at 3:00), and the first time in a
 *   repeated hour (25 October). Any other follows real time.
 * - **Trust**: a second implementation without common code finds the same due times in 12 zones over two years.
 *
 * Patterns that other dialects read differently are refused with the replacement, so are fields out of range, dates that
 * no year has and unknown zones: `INVALID_OPTIONS`. docs/guides/cron.md compares thirteen dialects. The same text in the
 * same zone mostly yields the same object, so many jobs with it cost one parse.
 *
 * @example cron('30 2 * * *', { timezone: 'Europe/Berlin' })
 * @example cron('0 10 ? * 2-6 *', { dialect: 'eventbridge' })
 */
export function cron(pattern: string, options: CronOptions = {}): CronSchedule {
  if (typeof pattern !== 'string') {
    refuseOption({ path: 'cron', value: pattern, expected: 'a pattern such as "0 8 * * MON-FRI"' })
  }
  const { timezone, dialect } = parseOptions(cronOptions(), options, 'cron')
  return compileCron({ pattern, timezone, dialect }, { pattern: 'cron', timezone: 'cron.timezone' })
}

const cronOptions = lazily(() =>
  z.strictObject({
    timezone: z.string({ error: 'an IANA time zone such as Europe/Berlin' }).default('UTC'),
    dialect: z.enum(CRON_DIALECTS).optional(),
  }),
)
