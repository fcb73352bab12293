import type { Rule } from './redact.ts'
import { looksMadeUp, mayBeSecret, valueAt } from './values.ts'

const STATEMENT = /\b(?:password|passwd|identified\s{1,8}by(?:\s{1,8}password)?|passphrase|pwd)\s{1,8}(?=\\*["'`])/gi
const TOLD = /\b(?:password|passphrase|passcode|pwd|token|secret|api[ _-]?key|pin|otp)\s{1,4}(?:is|was|of|to)\s{1,4}/gi

/** `ALTER USER app PASSWORD '…'`, `IDENTIFIED BY '…'`, and sentences such as `the password is …`. */
export const sentences: Rule = (text, hide) => {
  for (const { index, 0: whole } of text.matchAll(STATEMENT)) {
    const { start, end } = valueAt(text, index + whole.length)
    if (mayBeSecret(text.slice(start, end))) hide(start, end)
  }
  for (const { index, 0: whole } of text.matchAll(TOLD)) {
    const { start, end, isQuoted } = valueAt(text, index + whole.length)
    const shown = text.slice(start, end)
    const isTold = looksMadeUp(shown) && (isQuoted || !/^\d+$/.test(shown))
    if (isTold && mayBeSecret(shown)) hide(start, end)
  }
}
