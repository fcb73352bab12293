import { CronPattern } from 'croner'
import { refuseOption } from '../options/refuse-option.ts'

import { ALL, type Bits } from './bits.ts'
import { dayFieldsOf, fieldsOf } from './cron-field.ts'
import { FIELD_COUNT, patternMeant, textRefused } from './cron-refusal.ts'
import { isOneDay } from './field-meant.ts'
import { type FieldSet, fieldSet } from './field-set.ts'
import { type DayRule, monthDays } from './month-days.ts'
import { NICKNAMES, nicknamed } from './nicknames.ts'
import { isNoPattern } from './period-meant.ts'

/** A parsed cron pattern in a few hundred bytes. (Croner's own form takes 80 KB.) */
export interface ParsedPattern extends DayRule {
  /** The pattern with single spaces between its fields, or the nickname. */
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
 * Parses a nickname, or a pattern of 5 fields or 6 with seconds first. Throws `INVALID_OPTIONS` at `path` when a field
 * is not valid, when another dialect would read it differently, and when no day that ever comes matches.
 */
export function parsePattern(pattern: string, path: string): ParsedPattern {
  const nickname = nicknamed(pattern)
  const fields = splitFields(nickname ?? pattern, path)
  const parsed = tryParse(fields) ?? refuseFields(fields, path)
  const [minute = '', hour = ''] = fields.slice(-5)
  const days = dayRule(parsed, fields)
  if (!everComes(days)) refuseOption({ path, value: pattern, expected: 'a day that some year has' })
  return Object.freeze({
    text: nickname === null ? fields.join(' ') : pattern.trim(),
    seconds: fieldSet(parsed.second),
    minutes: fieldSet(parsed.minute),
    hours: fieldSet(parsed.hour),
    ...days,
    fixedTime: !STARS.test(minute) && !STARS.test(hour),
  })
}

/** As in Vixie crontab, one day field that begins with `*` makes both of them count. */
function dayRule(parsed: CronPattern, fields: readonly string[]): DayRule {
  return {
    months: toBits(parsed.month),
    days: toBits(parsed.day),
    lastDay: parsed.lastDayOfMonth,
    lastWeekday: parsed.lastWeekday,
    nearestWeekdays: toBits(parsed.nearestWeekdays),
    weekdays: parsed.starDOW ? null : parsed.dayOfWeek.slice(0, 7),
    bothDayFields: parsed.useAndLogic || dayFieldsOf(fields).some((index) => STARS.test(fields[index] ?? '')),
  }
}

/** Longer than any real pattern, and short enough that parsing stays cheap. */
const MAX_LENGTH = 512

/** In a day field, `?` is another way to write `*`. */
const STARS = /^[*?]/

/** Throws `INVALID_OPTIONS` for a text that is too long to be looked at. */
export function refuseLong(pattern: string, path: string): void {
  if (pattern.length > MAX_LENGTH) {
    refuseOption({ path, value: pattern, expected: `at most ${MAX_LENGTH} characters` })
  }
}

function splitFields(pattern: string, path: string): readonly string[] {
  refuseLong(pattern, path)
  const text = pattern.trim()
  const refused = textRefused(text)
  if (refused !== null) {
    const known = [...NICKNAMES.keys()]
    refuseOption({ path, value: pattern, ...refused, known, suggestion: usable(refused.suggestion) })
  }
  return text.split(/\s+/)
}

/** How a field may be written, in words that follow what it may hold. */
export const SYNTAX = 'as *, a value, a list 1,2, a range 1-5, or steps */5 or 1-30/5'

/** `null` for what is no pattern of this dialect. `?` may stand for a whole day field. */
function tryParse(fields: readonly string[]): CronPattern | null {
  const days = dayFieldsOf(fields)
  const known = fields.map((field, index) => (field === '?' && days.includes(index) ? '*' : field))
  if (known.some((field) => field.includes('?') || field.split(/[,+]/).some(isOneDay))) return null
  try {
    return new CronPattern(known.join(' '), undefined, { mode: '5-or-6-parts' })
  } catch {
    return null
  }
}

/** Throws `INVALID_OPTIONS` for the first field that is not valid, with the whole pattern that was probably meant. */
function refuseFields(fields: readonly string[], path: string): never {
  const suggestion = usable(patternMeant(fields))
  for (const [index, { name, expected }] of fieldsOf(fields).entries()) {
    const field = fields[index] ?? ''
    if (tryParse(fields.map((_, other) => (other === index ? field : '*'))) !== null) continue
    refuseOption({ path: `${path} (${name})`, value: field, expected: `${expected}, ${SYNTAX}`, suggestion })
  }
  refuseOption({ path, value: fields.join(' '), expected: FIELD_COUNT, suggestion })
}

/** Nothing is suggested that would be refused again. */
function usable(suggestion: string | null): string | null {
  if (suggestion === null || isNoPattern(suggestion) || suggestion.startsWith('@')) return suggestion
  return suggestion.split(' and ').every(isPattern) ? suggestion : null
}

/** Whether `parsePattern` takes a pattern, with single spaces between its fields, that is no nickname. */
export function isPattern(pattern: string): boolean {
  if (pattern.length > MAX_LENGTH) return false
  const fields = pattern.split(' ')
  const parsed = textRefused(pattern) === null ? tryParse(fields) : null
  return parsed !== null && everComes(dayRule(parsed, fields))
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
