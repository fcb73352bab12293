import type { Rule } from './redact.ts'
import { looksMadeUp, mayBeSecret } from './values.ts'

const BEARER = /\b(?:bearer|token|apikey)[ \t]{1,4}([\w.~+/-]{6,4096}=*)/gi
const BASIC = /\bbasic[ \t]{1,4}([A-Za-z0-9+/_-]{6,2048}={0,2})/gi

/** `Bearer …` and `Basic …` wherever they stand. */
export const authSchemes: Rule = (text, hide) => {
  for (const { index, 0: whole, 1: token = '' } of text.matchAll(BEARER)) {
    const isLong = /^bearer/i.test(whole) || token.length >= 16
    const isToken = isLong && looksMadeUp(token) && mayBeSecret(token)
    if (isToken) hide(index + whole.length - token.length, index + whole.length)
  }
  for (const { index, 0: whole, 1: token = '' } of text.matchAll(BASIC)) {
    if (isUserAndPassword(token)) hide(index + whole.length - token.length, index + whole.length)
  }
}

function isUserAndPassword(base64: string): boolean {
  return /^[^\p{C}]*:[^\p{C}]*$/u.test(Buffer.from(base64, 'base64').toString('utf8'))
}
