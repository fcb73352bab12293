import { toIso } from '../../clock.ts'
import type { InvalidOptionsDetails } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'
import { wireName } from '../../policy/wire.ts'

/** What was wrong with a request, in words for its sender. */
export interface WireTerms {
  readonly path: string
  readonly expected: string
  readonly received?: string
  readonly suggestion?: string
}

/**
 * An error about options in the terms of HTTP: the fields and the instants as JSON has them, such as
 * `job.schedule.period_ms`. What came is told as far as it repeats no text of the sender.
 */
export function inWireTerms({ path, received, expected, suggestion }: InvalidOptionsDetails): WireTerms {
  const wantsInstant = EPOCH.test(expected)
  const came = cameAs(received, wantsInstant)
  return {
    path: inWireNames(path),
    expected: inWireNames(expected.replace(A_DATE, 'an instant').replace(EPOCH, `, such as ${AN_INSTANT}`)),
    ...(came !== null && { received: came }),
    ...(suggestion !== undefined && { suggestion: wantsInstant ? inIso(suggestion) : inWireNames(suggestion) }),
  }
}

/** A value of a request as an answer may show it: text only where it is digits, as in an instant. */
export function whatCame(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value !== 'string') return describeValue(value)
  if (DIGITS.test(value)) return JSON.stringify(value)
  return value.length === 1 ? 'text of 1 character' : `text of ${value.length} characters`
}

/** In words: `path: expected this, got that. Did you mean "these"?` */
export function inWords({ path, expected, received, suggestion }: WireTerms): string {
  const got = received === undefined ? '' : `, got ${received}`
  return `${path}: expected ${expected}${got}.${suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`}`
}

const AN_INSTANT = '2026-01-31T12:00:00.000Z'
const A_DATE = /^a Date(?=, or milliseconds)/
const EPOCH = /[,:]?(?: a Date)?(?:, or| in)?(?: whole)? milliseconds since the epoch/
const DIGITS = /^[\d:.TZ+-]{1,40}$/
/** What `describeValue` makes of anything but text, and our own words. */
const NO_TEXT =
  /^(?:-?[\d.]+(?:e[+-]?\d+)?n?|-?Infinity|NaN|true|false|null|undefined|an (?:object|array of \d+)|[\d:.TZ+-]+|a schedule of the kind [a-z-]+)$/

/** What was received, as far as it may be shown; `null` when that cannot be told. */
function cameAs(received: string, wantsInstant: boolean): string | null {
  if (received.startsWith('"')) return DIGITS.test(received.slice(1, -1)) ? received : null
  if (!NO_TEXT.test(received)) return null
  return wantsInstant ? inIso(received) : received
}

/** Milliseconds since the epoch as the instant that they are; other words as they are. */
function inIso(words: string): string {
  const number = Number(words)
  return Number.isInteger(number) && Math.abs(number) < LAST_MS ? toIso(number) : words
}

const LAST_MS = 8.64e15

/** Options are named in camel case, fields in snake case. */
export function inWireNames(words: string): string {
  return words.replace(/\b[a-z]+(?:[A-Z][a-z\d]*)+\b/g, wireName)
}
