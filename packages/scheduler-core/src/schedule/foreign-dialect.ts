import type { CronDialect } from './cron-dialect.ts'
import { CRON_FIELDS, type CronField, dayFieldsOf, WEEKDAYS } from './cron-field.ts'
import { fieldWritten } from './field-meant.ts'

/** The pattern in our dialect, or why the dialect that was named does not have it. */
type Translation =
  | { readonly kind: 'translated'; readonly pattern: string }
  | { readonly kind: 'refused'; readonly expected: string }

/**
 * A pattern of another dialect in ours. Quartz: six fields with seconds first, and perhaps a year. EventBridge: five
 * and a year, perhaps within `cron(…)`. A year that is not `*` is refused, because a schedule here has no years.
 * A field that no dialect has stays as it is.
 */
export function translate(pattern: string, dialect: CronDialect): Translation {
  const { lengths, expected, rules } = SHAPES[dialect]
  const fields = foreignFields(pattern, dialect)
  if (!lengths.includes(fields.length)) return { kind: 'refused', expected }
  const [own, year = '*'] = [fields.slice(0, rules.length), fields[rules.length]]
  if (year !== '*') return { kind: 'refused', expected: NO_YEARS }
  const [date, weekday] = dayFieldsOf(own)
  const isOpen = [date, weekday].map((index) => own[index] === '?')
  if (isOpen[0] === isOpen[1]) return { kind: 'refused', expected: `"?" in exactly one day field, as ${expected}` }
  const named = withNames(own[weekday] ?? '')
  if (named === null) return { kind: 'refused', expected: 'weekdays from 1 for Sunday to 7 for Saturday, or SUN-SAT' }
  const translated = own.with(weekday, named).map((field, index) => {
    const rule = rules[index]
    if (rule === undefined) return field
    return field === '?' && (index === date || index === weekday) ? '*' : fieldWritten(field, rule)
  })
  return { kind: 'translated', pattern: translated.join(' ') }
}

/** As `translate`; `null` for what the dialect does not have. */
export function tryDialect(pattern: string, dialect: CronDialect): string | null {
  const outcome = translate(pattern, dialect)
  return outcome.kind === 'translated' ? outcome.pattern : null
}

/** The fields of a pattern of the dialect, a year included. */
export function foreignFields(pattern: string, dialect: CronDialect): readonly string[] {
  const [, inner] = (dialect === 'eventbridge' && /^cron\((.*)\)$/i.exec(pattern.trim())) || []
  return (inner ?? pattern).trim().split(/\s+/)
}

/** The dialect that a pattern gives itself away by, when read as ours it would mean something else or nothing. */
export function dialectOf(fields: readonly string[]): CronDialect | null {
  if (fields.length === 7) return 'quartz'
  if (fields.length !== 6) return null
  if (fields[2] === '?' || fields[4] === '?' || YEARS.test(fields[5] ?? '')) return 'eventbridge'
  return hasCountedWeekdays(fields) ? 'quartz' : null
}

/** `? * 2-6`: whoever writes `?` may count weekdays from 1, and whoever writes a crontab from 0. */
export function hasCountedWeekdays(fields: readonly string[]): boolean {
  const [date, weekday] = dayFieldsOf(fields)
  return fields[date] === '?' && /(?:^|[,-])\d/.test(fields[weekday] ?? '')
}

const YEARS = /^\d{4}/

const NO_YEARS = '"*" as the year: a schedule has no years; once() is due at one instant, and removeJob() ends a job'

interface Shape {
  /** How many fields a pattern may have. */
  readonly lengths: readonly number[]
  /** In words that follow "expected". */
  readonly expected: string
  /** The fields before the year. */
  readonly rules: readonly CronField[]
}

export const SHAPES: Readonly<Record<CronDialect, Shape>> = {
  quartz: {
    lengths: [6, 7],
    expected: "Quartz's 6 fields (second minute hour day month weekday) and perhaps a year",
    rules: CRON_FIELDS,
  },
  eventbridge: {
    lengths: [6],
    expected: "EventBridge's 6 fields (minute hour day month weekday year)",
    rules: CRON_FIELDS.slice(1),
  },
}

/** Weekdays by name, where the field has them by number: `MON-FRI` for `2-6`, `FRIL` for `6L`. `null` for an 8th day. */
function withNames(field: string): string | null {
  if (/^L$/i.test(field)) return 'SAT'
  const parts = field.split(',').map((part) => {
    const [, days = '', rest = ''] = /^([^/#]*)(.*)$/.exec(part) ?? []
    const named = days.replace(/\d+/g, (number) => WEEKDAYS[Number(number) - 1] ?? ' ')
    return `${named}${rest}`
  })
  return parts.some((part) => part.includes(' ')) ? null : parts.join(',')
}
