import type { Redact } from './redact.ts'

/** A name that a host reports, such as that of a provider, as it is stored, counted and shown. */
export function toLabel(name: string, redact: Redact): string {
  // What is too long is no name. It is refused where it is counted, and so is one with characters that nobody sees.
  return typeof name !== 'string' || name.length > MAX_LENGTH ? name : redact(name)
}

const MAX_LENGTH = 1_000

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
