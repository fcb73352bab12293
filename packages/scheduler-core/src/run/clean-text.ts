import type { Redact } from '../redact/redact.ts'
import { showHidden } from '../redact/show-hidden.ts'

/**
 * Text as the ledger keeps it: redacted, with control characters and marks of direction shown by their escapes, without
 * lone surrogates, at most `limit` long. It redacts before it cuts, so that no part of a secret remains at the end.
 */
export function cleanText(
  text: string,
  { redact, limit }: { readonly redact: Redact; readonly limit: number },
): string {
  return shorten(showHidden(redact(text).toWellFormed()), limit)
}

/** Whether text has neither control characters, but for line breaks and tabs, nor lone surrogates. */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && text.search(CONTROL_CHARACTERS) < 0
}

/** Text that is no longer than `limit`: a longer one is cut and ends with an ellipsis. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).toWellFormed()}…`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for (PostgreSQL refuses NUL)
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
