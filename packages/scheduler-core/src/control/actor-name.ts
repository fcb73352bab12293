import { isCleanText } from '../run/clean-text.ts'

const MAX_LENGTH = 200

/** What the name of whoever gives a command may be, in words. */
export const AN_ACTOR = `1 to ${MAX_LENGTH} characters of one line, without blanks at its ends, control characters, marks that turn or hide text, and lone surrogates`

/**
 * Whether a value can name whoever gives commands: logs, pages and limits tell people apart by it, so that no two names
 * may look the same because one has characters that nobody sees.
 */
export function isActorName(value: unknown): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_LENGTH) return false
  return isCleanText(value) && value === value.trim() && !UNSEEN.test(value)
}

// Line ends and tabs, the second block of control characters, marks that turn the direction of text, and blanks without
// a width. The joiners stay: some scripts need them.
const UNSEEN = /[\t\n\r\u0080-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
