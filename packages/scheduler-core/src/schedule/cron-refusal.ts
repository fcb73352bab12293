import { CronPattern } from 'croner'

import { dayFieldsOf, fieldsOf } from './cron-field.ts'
import { fieldMeant } from './field-meant.ts'
import { dialectOf, hasCountedWeekdays, tryDialect } from './foreign-dialect.ts'
import { FOREIGN_NICKNAMES } from './nicknames.ts'
import { everyCall, periodMeant } from './period-meant.ts'

/** How a text is refused: what is expected, and the replacement that means what was probably meant. */
export interface Refused {
  readonly expected: string
  readonly suggestion: string | null
}

export const FIELD_COUNT = '5 fields (minute hour day month weekday), or 6 with seconds first'

/** What is wrong with a text before its fields are looked at one by one; `null` when nothing is. */
export function textRefused(text: string): Refused | null {
  const fields = text.split(/\s+/)
  const [, zoned] = /^(?:CRON_)?TZ=\S+\s+(.+)$/is.exec(text) ?? []
  if (zoned !== undefined) return { expected: 'a pattern, and its time zone as `timezone`', suggestion: zoned }
  const isCall = /^cron\(.*\)$/is.test(text)
  if (!isCall && (fields.length === 5 || fields.length === 6)) return foreignRefused(fields)
  return REBOOT.test(text) ? AT_START : textMeant(text)
}

const REBOOT = /^@reboot$/i

const AT_START: Refused = {
  expected: 'a time: a job that runs when a process starts has `schedule: null` and is run after open()',
  suggestion: 'schedule: null',
}

function textMeant(text: string): Refused {
  const [, inner] = /^cron\((.*)\)$/is.exec(text) ?? []
  const fields = (inner ?? text).trim().split(/\s+/)
  if (inner !== undefined && fields.length === 5) return { expected: FIELD_COUNT, suggestion: fields.join(' ') }
  if (inner !== undefined || fields.length === 7)
    return foreignMeant(fields, inner === undefined ? null : 'eventbridge')
  return { expected: FIELD_COUNT, suggestion: FOREIGN_NICKNAMES.get(text.toLowerCase()) ?? periodMeant(text) }
}

/** For 5 or 6 fields that Quartz or EventBridge would read in another way. */
function foreignRefused(fields: readonly string[]): Refused | null {
  if (dialectOf(fields) !== null) return foreignMeant(fields, null)
  if (!hasCountedWeekdays(fields)) return null
  const [date] = dayFieldsOf(fields)
  const ours = fields.with(date, '*').join(' ')
  const expected = `weekdays by name beside "?": Quartz and EventBridge count them from SUN = 1, this dialect from SUN = 0`
  const inQuartz = tryDialect(['0', ...fields].join(' '), 'quartz')
  return { expected, suggestion: inQuartz?.replace(/^0 /, '') ?? ours }
}

function foreignMeant(fields: readonly string[], known: 'eventbridge' | null): Refused {
  const dialect = known ?? dialectOf(fields) ?? 'quartz'
  const meant = tryDialect(fields.join(' '), dialect)
  const expected = `${FIELD_COUNT}; a pattern of ${TITLES[dialect]} is taken with dialect: '${dialect}'`
  if (meant === null) return { expected: `${expected} and "*" as the year`, suggestion: null }
  return { expected, suggestion: patternMeant(meant.split(' ')) ?? meant }
}

const TITLES = { quartz: 'Quartz', eventbridge: 'EventBridge' } as const

/** The whole pattern in this dialect, or the schedule, that the fields probably mean; `null` when they are of no other dialect. */
export function patternMeant(fields: readonly string[]): string | null {
  const period = stepAsPeriod(fields) ?? periodMeant(fields.join(' '))
  if (period !== null) return period
  const rules = fieldsOf(fields)
  const meant = fields.map((field, index) => {
    const rule = rules[index]
    if (rule === undefined) return field
    // A week of Quartz ends on Saturday.
    return rule.max === 6 && /^L$/i.test(field) ? 'SAT' : fieldMeant(field, rule)
  })
  return byMonthLength(meant) ?? (meant.join(' ') === fields.join(' ') ? null : meant.join(' '))
}

/** A step that is longer than its field, of a pattern that is nothing but this step. */
function stepAsPeriod(fields: readonly string[]): string | null {
  const withSeconds = fields.length === 6 ? fields : ['0', ...fields]
  const at = withSeconds.findIndex((field) => field.includes('/'))
  const unit = STEPPED[at]
  const [, from, step] = /^(\*|[01])\/(\d{1,9})$/.exec(withSeconds[at] ?? '') ?? []
  if (unit === undefined || step === undefined || Number(step) <= unit.size) return null
  const isAlone = withSeconds.every((field, index) => index === at || field === (index < at ? '0' : '*'))
  const isWhole = from === '*' || from === unit.first
  return isAlone && isWhole ? everyCall(new Map([[unit.name, Number(step)]])) : null
}

const STEPPED = [
  { name: 'seconds', size: 60, first: '0' },
  { name: 'minutes', size: 60, first: '0' },
  { name: 'hours', size: 24, first: '0' },
  { name: 'days', size: 31, first: '1' },
] as const

/** `L-3`, so many days before the last: a pattern for each length of the months that are meant. */
function byMonthLength(fields: readonly string[]): string | null {
  const [date] = dayFieldsOf(fields)
  const [, before] = /^L-(\d{1,2})$/i.exec(fields[date] ?? '') ?? []
  const wanted = before === undefined || Number(before) > 27 ? null : monthsOf(fields[date + 1] ?? '')
  if (wanted === null) return null
  const each = MONTHS_BY_LENGTH.flatMap(({ length, months }) => {
    const those = months.filter((month) => wanted.has(month))
    const day = String(length - Number(before))
    return those.length === 0
      ? []
      : [
          fields
            .with(date, day)
            .with(date + 1, those.join(','))
            .join(' '),
        ]
  })
  return each.join(' and ')
}

/** The months that a field names, as numbers; `null` for a field that is none. */
function monthsOf(field: string): ReadonlySet<string> | null {
  try {
    const { month } = new CronPattern(`0 0 1 ${field} *`)
    return new Set(month.flatMap((isWanted, index) => (isWanted ? [String(index + 1)] : [])))
  } catch {
    return null
  }
}

/** February of a leap year is left out: no pattern knows it. */
const MONTHS_BY_LENGTH = [
  { length: 31, months: ['1', '3', '5', '7', '8', '10', '12'] },
  { length: 30, months: ['4', '6', '9', '11'] },
  { length: 28, months: ['2'] },
]
