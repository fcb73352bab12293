import { CRON_DIALECTS, type CronDialect } from './cron-dialect.ts'
import { dayFieldsOf, WEEKDAYS } from './cron-field.ts'
import { patternMeant, textRefused } from './cron-refusal.ts'
import { foreignFields, hasCountedWeekdays, tryDialect } from './foreign-dialect.ts'
import { inDialect, withOpenDay } from './in-dialect.ts'
import { nicknamed } from './nicknames.ts'
import { isNoPattern } from './period-meant.ts'

/**
 * What a pattern may mean that a dialect does not have, as that dialect writes it, the likeliest first: with the field
 * and the `?` that it lacks, in the other dialect, with fields that are mended, with weekdays that count from 0, and in
 * ours. A period is a call of `every`.
 */
export function dialectMeant(pattern: string, dialect: CronDialect): readonly string[] {
  const whole = completed(foreignFields(pattern, dialect), dialect)
  const others = CRON_DIALECTS.filter((other) => other !== dialect).map((other) => tryDialect(pattern, other))
  const ours = whole && tryDialect(whole.join(' '), dialect)
  const meant = [
    whole?.join(' ') ?? null,
    ...others.map((other) => asWritten(other, dialect)),
    ours && asWritten(patternMeant(ours.split(' ')), dialect),
    whole === null ? null : fromZero(whole, dialect),
    asWritten(nicknamed(pattern) ?? textRefused(pattern.trim())?.suggestion ?? null, dialect),
  ]
  return meant.filter((each) => each !== null)
}

/** Replacements of ours in a dialect: each pattern of them, or a call of `every` as it is. */
export function asWritten(ours: string | null, dialect: CronDialect): string | null {
  if (ours === null || isNoPattern(ours)) return ours
  const each = ours.split(' and ').map((pattern) => inDialect(pattern, dialect))
  return each.includes(null) ? null : each.join(' and ')
}

/** With the seconds of Quartz or the year of EventBridge, and `?` in one day field. */
function completed(fields: readonly string[], dialect: CronDialect): readonly string[] | null {
  const length = dialect === 'quartz' ? 6 : 5
  const lacks = fields.length === 5
  // Nobody can tell from which day on a crontab counts for somebody who takes it for another dialect.
  if (lacks && !fields.includes('?') && hasCountedWeekdays(fields.with(2, '?'))) return null
  const own = dialect === 'quartz' && lacks ? ['0', ...fields] : fields.slice(0, length)
  const year = fields[length] ?? '*'
  const open = own.length === length && year === '*' ? withOpenDay(own) : null
  if (open === null) return null
  return dialect === 'eventbridge' || fields.length > length ? [...open, year] : open
}

/** `SUN-THU` for `0-4`: no weekday is 0 in these dialects, so they were counted from there. */
function fromZero(fields: readonly string[], dialect: CronDialect): string | null {
  const own = dialect === 'quartz' ? 6 : 5
  const [, weekday] = dayFieldsOf(fields.slice(0, own))
  const field = fields[weekday] ?? ''
  if (!/^(?:[0-6](?:-[0-6])?(?:,|$))+$/.test(field)) return null
  return fields
    .with(
      weekday,
      field.replace(/\d/g, (day) => WEEKDAYS[Number(day)] ?? day),
    )
    .join(' ')
}
