import { MAX_READ_TEXT } from '../limits.ts'
import { RULES } from './all-rules.ts'
import { type Decoded, decodeText, encodedText, isEncoded, squeeze, squeezePlain } from './decode-text.ts'
import { createFindForms } from './find-forms.ts'
import { createRanges, type Ranges } from './mask-ranges.ts'
import { type Hide, MASK, type Redact, type Rule } from './redact.ts'
import { formsOf } from './secret-forms.ts'

/** A secret that begins before the end of what is kept is found whole when it is no longer than this. */
const OVERLAP = 4_096

export interface RedactOptions {
  /** The host's own rules: gets a text that is redacted, and returns it with more taken out (default none). */
  readonly own?: (text: string) => string
  /** Whether to look for what is secret by its form or its name, beside `secrets` (default true). */
  readonly withRules?: boolean
}

/**
 * Makes a function that removes secrets from text: the configured ones, as they are and as JSON, URLs, forms, HTML,
 * base64 and hexadecimal write them, also across line breaks and invisible characters; user names and passwords in URLs;
 * the values of names such as `password`; the keys and tokens of well-known services; and the rows that a database puts
 * into its messages. It never throws.
 */
export function createRedact(secrets: readonly string[], { own, withRules = true }: RedactOptions = {}): Redact {
  const forms = formsOf(secrets)
  const search: Search = {
    findPlain: createFindForms(forms.plain),
    findSqueezed: createFindForms(forms.squeezed),
    shortest: forms.squeezed.at(-1)?.length ?? Infinity,
    rules: withRules ? RULES : [],
  }
  const redact: Redact = (text) => {
    if (text.length <= MAX_READ_TEXT) return hiddenIn(text, search).masked(text, text.length)
    const scanned = text.slice(0, MAX_READ_TEXT + OVERLAP)
    return `${hiddenIn(scanned, search).masked(scanned, MAX_READ_TEXT)}… ${MASK}`
  }
  return own ? withOwn(redact, own) : redact
}

interface Search {
  readonly findPlain: Rule
  readonly findSqueezed: Rule
  /** The length of the shortest form that is looked for across spaces. */
  readonly shortest: number
  readonly rules: readonly Rule[]
}

function hiddenIn(text: string, { findPlain, findSqueezed, shortest, rules }: Search): Ranges {
  const ranges = createRanges()
  findPlain(text, ranges.hide)
  for (const rule of rules) rule(text, ranges.hide)
  const hasCode = isEncoded(text)
  const mayHoldForms = text.length >= shortest && (hasCode || mayHold(text, findSqueezed))
  if (!hasCode && !mayHoldForms) return ranges
  const decoded = decodeText(text)
  if (hasCode) for (const rule of rules) rule(decoded.text, hideIn(decoded, ranges.hide))
  if (mayHoldForms) {
    // What looks like an escape may be the secret's own: split within, it is none.
    for (const read of hasCode ? [decoded, encodedText(text)] : [decoded]) {
      const squeezed = squeeze(read)
      findSqueezed(squeezed.text, hideIn(squeezed, ranges.hide))
    }
  }
  return ranges
}

/** Whether a text without escapes may hold a form: most hold none, and need not be decoded. */
function mayHold(text: string, find: Rule): boolean {
  const plain = squeezePlain(text)
  if (plain === null) return true
  let isFound = false
  find(plain, () => {
    isFound = true
  })
  return isFound
}

/** Translates places in a decoded text to those in its source. */
function hideIn({ starts, ends }: Decoded, hide: Hide): Hide {
  return (start, end) => {
    if (end > start) hide(starts[start] ?? 0, ends[end - 1] ?? 0)
  }
}

/** What the host's rule fails at is hidden whole. */
function withOwn(redact: Redact, own: (text: string) => unknown): Redact {
  return (text) => {
    try {
      const shown = own(redact(text))
      return typeof shown === 'string' ? shown : MASK
    } catch {
      return MASK
    }
  }
}
