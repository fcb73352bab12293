import { CronPattern } from 'croner'
import { refuseOption } from '../options/refuse-option.ts'

import { ALL, type Bits } from './bits.ts'
import { type FieldSet, fieldSet } from './field-set.ts'
import { type DayRule, monthDays } from './month-days.ts'

/** A parsed cron pattern in a few hundred bytes. (Croner's own form takes 80 KB.) */
export interface ParsedPattern extends DayRule {
  /** The pattern with single spaces between its fields. */
  readonly text: string
  readonly seconds: FieldSet
  readonly minutes: FieldSet
  readonly hours: FieldSet
  /**
   * Vixie cron's rule: a pattern is fixed-time when neither its minute nor its hour field starts with `*`; lists and
   * ranges are fixed times too. Any other pattern is a stepping one.
   */
  readonly fixedTime: boolean
}

/**
 * Parses a pattern of 5 fields, or 6 with seconds first, in croner's dialect. Throws `INVALID_OPTIONS` at `path` when
 * a field is not valid, and when no day that ever comes matches.
 */
export function parsePattern(pattern: string, path: string): ParsedPattern {
  const fields = splitFields(pattern, path)
  const parsed = tryParse(fields) ?? refuseField(fields, path)
  const [minute = '', hour = ''] = fields.slice(-5)
  const result: ParsedPattern = {
    text: fields.join(' '),
    seconds: fieldSet(parsed.second),
    minutes: fieldSet(parsed.minute),
    hours: fieldSet(parsed.hour),
    months: toBits(parsed.month),
    days: toBits(parsed.day),
    lastDay: parsed.lastDayOfMonth,
    lastWeekday: parsed.lastWeekday,
    nearestWeekdays: toBits(parsed.nearestWeekdays),
    weekdays: parsed.starDOW ? null : parsed.dayOfWeek.slice(0, 7),
    bothDayFields: parsed.useAndLogic || parsed.starDOM,
    fixedTime: !STARS.test(minute) && !STARS.test(hour),
  }
  if (!everComes(result)) refuseOption({ path, value: pattern, expected: 'a day that some year has' })
  return Object.freeze(result)
}

/** Longer than any real pattern, and short enough that parsing stays cheap. */
const MAX_LENGTH = 512

/** `?` is another way to write `*`. */
const STARS = /^[*?]/

const EXPECTED = '5 fields (minute hour day month weekday), or 6 with seconds first'

function splitFields(pattern: string, path: string): readonly string[] {
  const fields = pattern.length > MAX_LENGTH ? [] : pattern.trim().split(/\s+/)
  if (fields.length === 5 || fields.length === 6) return fields
  const expected = pattern.length > MAX_LENGTH ? `at most ${MAX_LENGTH} characters` : EXPECTED
  refuseOption({ path, value: pattern, expected, suggestion: NICKNAMES[fields.join().toLowerCase()] })
}

const NICKNAMES: Readonly<Partial<Record<string, string>>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

const FIELDS = [
  { name: 'second', expected: '0-59' },
  { name: 'minute', expected: '0-59' },
  { name: 'hour', expected: '0-23' },
  { name: 'day of month', expected: '1-31, L for the last day or 15W for the weekday nearest to the 15th' },
  { name: 'month', expected: '1-12 or JAN-DEC' },
  { name: 'day of week', expected: '0-7 or SUN-SAT, 5#2 for the second Friday or 5L for the last' },
] as const

const SYNTAX = 'as *, a value, a list 1,2, a range 1-5, or steps */5 or 1-30/5'

function tryParse(fields: readonly string[]): CronPattern | null {
  try {
    return new CronPattern(fields.join(' '), undefined, { mode: '5-or-6-parts' })
  } catch {
    return null
  }
}

/** Throws `INVALID_OPTIONS` for the first field that croner refuses. */
function refuseField(fields: readonly string[], path: string): never {
  const sixFields = fields.length === 6 ? fields : ['0', ...fields]
  for (const [index, { name, expected }] of FIELDS.entries()) {
    const field = sixFields[index] ?? ''
    const alone = FIELDS.map((_, other) => (other === index ? field : '*'))
    if (tryParse(alone) !== null) continue
    refuseOption({ path: `${path} (${name})`, value: field, expected: `${expected}, ${SYNTAX}` })
  }
  refuseOption({ path, value: fields.join(' '), expected: EXPECTED })
}

function toBits(flags: readonly number[]): Bits {
  return flags.reduce((bits, flag, index) => (flag === 0 ? bits : bits | (1 << index)), 0) & ALL
}

/**
 * Whether any day matches the rule. It looks at 400 years, because then the Gregorian calendar repeats, weekdays
 * included.
 */
function everComes(rule: DayRule): boolean {
  for (let month = 0; month < 12 * 400; month++) {
    if (monthDays(rule, { year: 2000 + Math.floor(month / 12), month: month % 12 }) !== 0) return true
  }
  return false
}
