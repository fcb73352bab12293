import type { Redact } from './redact.ts'
import { showHidden } from './show-hidden.ts'

/** A name that a host reports, such as that of a provider, as it is stored, counted and shown. */
export function toLabel(name: string, redact: Redact): string {
  // What is too long, or has control characters, is no name. It is refused where it is counted.
  return typeof name !== 'string' || name.length > MAX_LENGTH || CONTROL.test(name) ? name : showHidden(redact(name))
}

const MAX_LENGTH = 1_000
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/** As `toLabel`, of names that come again at every snapshot: each is looked at once. */
export function createToLabel(redact: Redact): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    if (known.size >= MAX_KNOWN) known.clear()
    const label = toLabel(name, redact)
    known.set(name, label)
    return label
  }
}

const MAX_KNOWN = 10_000
