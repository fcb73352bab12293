import type { CronDialect } from './cron-dialect.ts'
import { dayFieldsOf, WEEKDAYS } from './cron-field.ts'
import { nicknamed } from './nicknames.ts'

/**
 * A pattern of ours, or a nickname, as another dialect writes it. `null` for one that it cannot write: both day fields
 * restricted, `+`, and for EventBridge seconds.
 */
export function inDialect(ours: string, dialect: CronDialect): string | null {
  const fields = (nicknamed(ours) ?? ours).trim().split(/\s+/)
  const withSeconds = fields.length === 5 ? ['0', ...fields] : fields
  const open = withOpenDay(withSeconds)
  const [, weekdayAt] = dayFieldsOf(withSeconds)
  const weekday = counted(withSeconds[weekdayAt] ?? '')
  if (withSeconds.length !== 6 || open === null || weekday === null) return null
  const written = open[weekdayAt] === '?' ? open : open.with(weekdayAt, weekday)
  if (dialect === 'quartz') return written.join(' ')
  return written[0] === '0' ? [...written.slice(1), '*'].join(' ') : null
}

/** With `?` in the day field that says nothing; `null` when both say something. */
export function withOpenDay(fields: readonly string[]): readonly string[] | null {
  const [date, weekday] = dayFieldsOf(fields)
  if (fields[weekday] === '*' || fields[weekday] === '?') {
    return fields.with(weekday, '?').with(date, fields[date] === '?' ? '*' : (fields[date] ?? ''))
  }
  return fields[date] === '*' || fields[date] === '?' ? fields.with(date, '?') : null
}

/**
 * Weekdays that count from 0 for Sunday as those dialects write them: `SUN-THU` for `0-4`, `6L` for `5L`. `null` for what
 * they cannot write.
 */
function counted(field: string): string | null {
  if (/\+|0-7/.test(field)) return null
  return field
    .split(',')
    .map((part) => {
      const [, day = '', nth] = /^(\w+?)(L|#\d)$/i.exec(part) ?? []
      if (nth !== undefined) return `${indexOf(day) + 1}${nth}`
      const [, days = '', step = ''] = /^([^/]*)(.*)$/.exec(part) ?? []
      return `${days.replace(/\d+/g, (number) => WEEKDAYS[Number(number) % 7] ?? number)}${step}`
    })
    .join(',')
}

/** Sunday is 0, also as 7. */
function indexOf(day: string): number {
  const names: readonly string[] = WEEKDAYS
  return /^\d$/.test(day) ? Number(day) % 7 : names.indexOf(day.toUpperCase())
}
