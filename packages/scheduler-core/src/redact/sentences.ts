import type { Rule } from './redact.ts'
import { looksMadeUp, mayBeSecret, valueAt } from './values.ts'

const STATEMENT =
  /\b(?:password|passwd|identified\s{1,8}(?:with\s{1,8}\w{1,64}\s{1,8})?by(?:\s{1,8}password)?|passphrase|pwd|crypt)(?:\s{1,8}|\s?\(\s?)(?=\\*["'`])/gi
/** Of other names only what no word is: a name of something may follow them. */
const QUOTED = /\b(?:tokens?|api[ _-]?keys?|access[ _-]?keys?)\s{1,4}(?=\\*["'`])/gi
const BARE = /\b(?:password|passphrase|api[ _-]?key|[a-z]{2,10}[ _-]token)[ \t]{1,4}(?=[\w.~+/-]{8})/gi
const TOLD = /\b(?:password|passphrase|passcode|pwd|token|secret|api[ _-]?key|pin|otp)\s{1,4}(?:is|was|of|to)\s{1,4}/gi

/** `ALTER USER app PASSWORD '…'`, `IDENTIFIED BY '…'`, and sentences such as `the password is …`. */
export const sentences: Rule = (text, hide) => {
  for (const { index, 0: whole } of text.matchAll(STATEMENT)) {
    const { start, end } = valueAt(text, index + whole.length)
    if (mayBeSecret(text.slice(start, end))) hide(start, end)
  }
  for (const { index, 0: whole } of text.matchAll(QUOTED)) {
    const { start, end } = valueAt(text, index + whole.length)
    if (looksMadeUp(text.slice(start, end))) hide(start, end)
  }
  for (const { index, 0: whole } of text.matchAll(BARE)) {
    const { start, end } = valueAt(text, index + whole.length)
    if (isMixed(text.slice(start, end))) hide(start, end)
  }
  for (const { index, 0: whole } of text.matchAll(TOLD)) {
    const { start, end, isQuoted } = valueAt(text, index + whole.length)
    const shown = text.slice(start, end)
    const isTold = looksMadeUp(shown) && (isQuoted || !/^\d+$/.test(shown))
    if (isTold && mayBeSecret(shown)) hide(start, end)
  }
}

/** Whether a text has small letters, capitals and digits, as hardly any name has. */
function isMixed(text: string): boolean {
  return text.length >= 8 && text.length <= 512 && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)
}
