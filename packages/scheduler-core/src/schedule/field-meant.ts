import type { CronField } from './cron-field.ts'

/**
 * How this dialect writes what other ones understand in a field: `5-59/15` for `5/15`, `22-23,0-2` for `22-2`, `MON` for
 * `MONDAY`, a value for Jenkins' `H`, `*` for `?`, and the only value that a step beyond the field meets. A part that it
 * does not know stays as it is.
 */
export function fieldMeant(field: string, rule: CronField): string {
  return eachPart(field, (part) => {
    const known = withoutHash(withShortNames(part.replace(/^\?/, '*'), rule), rule)
    return onlyValue(known, rule) ?? partWritten(known, rule)
  })
}

/**
 * How this dialect writes what Quartz and EventBridge have too: backward ranges, steps from a value and long names. A
 * part that is none of these stays as it is.
 */
export function fieldWritten(field: string, rule: CronField): string {
  return eachPart(field, (part) => partWritten(withShortNames(part, rule), rule))
}

function eachPart(field: string, change: (part: string) => string): string {
  return field.split(',').map(change).join(',')
}

/** The only value that a step beyond the field meets; `null` for any other part. */
function onlyValue(part: string, rule: CronField): string | null {
  const [, base = '', first = '', , step] = PART.exec(part) ?? []
  if (!isTooLarge(step, rule)) return null
  if (base === '*') return String(rule.min)
  return numberOf(first, rule) === null ? null : first
}

function partWritten(part: string, rule: CronField): string {
  const [, , first = '', last, step] = PART.exec(part) ?? []
  const from = numberOf(first, rule)
  if (from === null || Number(step) === 0 || isTooLarge(step, rule)) return part
  if (last !== undefined) return rangeMeant(part, { first, last, from, step: Number(step ?? 1) }, rule)
  return step === undefined ? part : steppedFrom(first, { from, step, rule })
}

function isTooLarge(step: string | undefined, rule: CronField): boolean {
  return step !== undefined && Number(step) > sizeOf(rule)
}

interface Range {
  readonly first: string
  readonly last: string
  readonly from: number
  readonly step: number
}

function rangeMeant(part: string, range: Range, rule: CronField): string {
  const { first, last, from } = range
  if (isOneDay(part)) return first
  const to = isClosingSunday(last, rule) ? 7 : numberOf(last, rule)
  if (to === null) return part
  if (from > to) return aroundTheEnd({ ...range, to }, rule)
  return first === '7' && from === 0 ? `0${part.slice(1)}` : part
}

/** `*`, a value or a range, with or without a step. */
const PART = /^(\*|(\w+)(?:-(\w+))?)(?:\/(\d{1,9}))?$/

function withShortNames(part: string, { names }: CronField): string {
  return part.replace(/([a-z]{4,}?)(L?)(?![a-z])/gi, (word, long: string, last: string) => {
    const whole = names.find((name) => isLongFor(word.toUpperCase(), name))
    const short = names.find((name) => isLongFor(long.toUpperCase(), name))
    return whole ?? (short === undefined ? word : `${short}${last}`)
  })
}

function isLongFor(word: string, name: string): boolean {
  return LONG_NAMES.some((long) => long.startsWith(name) && long.startsWith(word))
}

const LONG_NAMES = [
  ...['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'],
  ...[
    'JANUARY',
    'FEBRUARY',
    'MARCH',
    'APRIL',
    'JUNE',
    'JULY',
    'AUGUST',
    'SEPTEMBER',
    'OCTOBER',
    'NOVEMBER',
    'DECEMBER',
  ],
]

/** Jenkins' `H` and cronie's `~` are any one value that spreads jobs; here it is the first, and `jitterMs` spreads. */
function withoutHash(part: string, { min }: CronField): string {
  const [random, least] = /^(\w*)~\w*$/.exec(part) ?? []
  if (random !== undefined) return least || String(min)
  const [all, first, last, step] = /^H(?:\((\w+)-(\w+)\))?(?:\/(\d+))?$/.exec(part) ?? []
  if (all === undefined) return part
  if (step === undefined) return first ?? String(min)
  return first === undefined ? `*/${step}` : `${first}-${last}/${step}`
}

/** From a value to the end of the field. Of times, the whole field is `*`, so that it steps when clocks change. */
function steppedFrom(
  first: string,
  { from, step, rule }: { readonly from: number; readonly step: string; readonly rule: CronField },
): string {
  const isDay = rule.name.startsWith('day')
  if (from === rule.min && !isDay) return `*/${step}`
  return `${first === '7' ? from : first}-${styled(rule.max, { like: first, rule })}/${step}`
}

interface Wrapped extends Range {
  readonly to: number
}

/** A range that goes on at the field's start. */
function aroundTheEnd({ first, last, from, to, step }: Wrapped, rule: CronField): string {
  const show = (value: number) => styled(value, { like: first, rule })
  if (step > 1) {
    const length = to + sizeOf(rule) - from
    const values = Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => from + index * step)
    return values.map((value) => show(value > rule.max ? value - sizeOf(rule) : value)).join(',')
  }
  const before = from === rule.max ? first : `${first}-${show(rule.max)}`
  return `${before},${to === rule.min ? last : `${show(rule.min)}-${last}`}`
}

/**
 * `SUN-SUN`, which is one day as far as anybody can tell. croner begins it with 0 and ends it with 7, so it is read by none
 * of ours.
 */
export function isOneDay(part: string): boolean {
  return /^(?:SUN|0)-SUN(?:\/\d+)?$/i.test(part)
}

/** A week may end on the Sunday after Saturday: `FRI-SUN`, `5-7`. */
function isClosingSunday(last: string, { max }: CronField): boolean {
  return max === 6 && /^(?:7|SUN)$/i.test(last)
}

function numberOf(text: string, { min, max, names }: CronField): number | null {
  const named = names.indexOf(text.toUpperCase())
  if (named !== -1) return min + named
  if (!/^\d{1,2}$/.test(text)) return null
  const value = Number(text)
  if (value === 7 && max === 6) return 0
  return value < min || value > max ? null : value
}

/** As a name where the pattern has names, otherwise as a number. */
function styled(value: number, { like, rule }: { readonly like: string; readonly rule: CronField }): string {
  return /\d/.test(like) ? String(value) : (rule.names[value - rule.min] ?? String(value))
}

function sizeOf({ min, max }: CronField): number {
  return max - min + 1
}
