import { decodeText, isEncoded, squeeze } from './decode-text.ts'
import { createFindForms } from './find-forms.ts'
import { createRanges } from './mask-ranges.ts'
import { type Hide, MASK, type Redact } from './redact.ts'
import { RULES } from './all-rules.ts'
import { formsOf } from './secret-forms.ts'

/** The most characters that are kept of a text. What is beyond them is replaced by a mask. */
export const MAX_TEXT_LENGTH = 65_536
/** A secret that begins before that end is found whole when it is no longer than this. */
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
  const [findPlain, findSqueezed] = [createFindForms(forms.plain), createFindForms(forms.squeezed)]
  const rules = withRules ? RULES : []

  function redact(text: string): string {
    const scanned = text.length <= MAX_TEXT_LENGTH ? text : text.slice(0, MAX_TEXT_LENGTH + OVERLAP)
    const ranges = createRanges()
    if (forms.plain.length > 0) findPlain(scanned, ranges.hide)
    for (const rule of rules) rule(scanned, ranges.hide)
    const hasCode = isEncoded(scanned)
    if (hasCode || forms.squeezed.length > 0) {
      const decoded = decodeText(scanned)
      if (hasCode) for (const rule of rules) rule(decoded.text, hideIn(decoded, ranges.hide))
      if (forms.squeezed.length > 0) {
        const squeezed = squeeze(decoded)
        findSqueezed(squeezed.text, hideIn(squeezed, ranges.hide))
      }
    }
    if (text.length <= MAX_TEXT_LENGTH) return ranges.masked(text, text.length)
    return `${ranges.masked(scanned, MAX_TEXT_LENGTH)}… ${MASK}`
  }
  return own ? withOwn(redact, own) : redact
}

/** Translates places in a decoded text to those in its source. */
function hideIn({ starts, ends }: { readonly starts: Int32Array; readonly ends: Int32Array }, hide: Hide): Hide {
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
