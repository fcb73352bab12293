import type { Redact } from '../redact/redact.ts'
import { showHidden } from '../redact/show-hidden.ts'

/** The name of a provider as it is stored, counted and shown, such as `https://[redacted]@quotes.example.com`. */
export function providerLabel(name: string, redact: Redact): string {
  // One that is too long is refused, and not worth the time.
  return name.length > MAX_LENGTH ? name : showMarks(redact(name))
}

const MAX_LENGTH = 1_000

/** Control characters stay, so that they are refused. */
function showMarks(name: string): string {
  return CONTROL.test(name) ? name : showHidden(name)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
