import type { Rule } from './redact.ts'

/** Characters by which a form is looked up. */
const KEY_LENGTH = 4

/**
 * Finds many forms in one pass, so that a long list of secrets costs no more than a short one: a table tells for each
 * four characters whether a form begins with them. The forms come longest first.
 */
export function createFindForms(forms: readonly string[]): Rule {
  const short = forms.filter(({ length }) => length < KEY_LENGTH)
  const long = forms.filter(({ length }) => length >= KEY_LENGTH)
  const mask = 2 ** Math.ceil(Math.log2(Math.max(64, long.length * 32))) - 1
  const buckets = new Map<number, string[]>()
  const isKey = new Uint8Array(mask + 1)
  for (const form of long) {
    const key = keyOf(form, 0) & mask
    isKey[key] = 1
    buckets.set(key, [...(buckets.get(key) ?? []), form])
  }
  return (text, hide) => {
    for (const form of short) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) hide(at, at + form.length)
    }
    if (long.length === 0) return
    for (let at = 0; at + KEY_LENGTH <= text.length; at++) {
      const key = keyOf(text, at) & mask
      if (isKey[key] === 0) continue
      const found = buckets.get(key)?.find((form) => text.startsWith(form, at))
      if (found === undefined) continue
      hide(at, at + found.length)
      at += found.length - 1
    }
  }
}

function keyOf(text: string, at: number): number {
  const pair = Math.imul(text.charCodeAt(at), 31) + text.charCodeAt(at + 1)
  const next = Math.imul(text.charCodeAt(at + 2), 31) + text.charCodeAt(at + 3)
  return (Math.imul(pair, 8191) + next) >>> 0
}
