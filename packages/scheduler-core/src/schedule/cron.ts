import { z } from 'zod'
import { parseOptions } from '../options/parse-options.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { compileCron } from './compiled-cron.ts'
import type { CronSchedule } from './schedule.ts'

export interface CronOptions {
  /** An IANA time zone such as `Europe/Berlin` (default `UTC`, never the host's zone). */
  readonly timezone?: string
}

/**
 * Due times by a cron pattern: minute, hour, day of month, month, weekday; or six fields with seconds first. Lists,
 * ranges, steps, names (`MON-FRI`), `L`, `LW`, `15W`, `5#2` and `5L` are understood. When both day fields are
 * restricted either is enough; `+` before the weekday demands both.
 *
 * When clocks change, a pattern whose minute and hour do not start with `*` is due exactly once: at the first instant
 * after the gap that swallowed it, and the first time in a repeated hour. Any other follows real time.
 *
 * Throws `INVALID_OPTIONS` for a field out of range, a date that no year has, and an unknown zone. Build it once and
 * share it: it carries its parsed form.
 *
 * @example cron('30 2 * * *', { timezone: 'Europe/Berlin' })
 */
export function cron(pattern: string, options: CronOptions = {}): CronSchedule {
  if (typeof pattern !== 'string') {
    refuseOption({ path: 'cron', value: pattern, expected: 'a pattern such as "0 8 * * MON-FRI"' })
  }
  const { timezone } = parseOptions(cronOptions, options, 'cron')
  return compileCron({ pattern, timezone }, { pattern: 'cron', timezone: 'cron.timezone' })
}

const cronOptions = z.strictObject({
  timezone: z.string({ error: 'an IANA time zone such as Europe/Berlin' }).default('UTC'),
})
