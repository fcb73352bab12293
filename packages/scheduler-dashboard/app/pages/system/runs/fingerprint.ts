import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

type RunError = NonNullable<RunView['error']>

// What differs from run to run of one and the same error.
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const HEX = /\b(?:0x)?[0-9a-f]{8,}\b/gi
const NUMBER = /\d+(?:[.,:]\d+)*/g

/** What two errors have in common when they are the same one: the code, and the message without what differs each time. */
export function fingerprintOf({ code, message }: Pick<RunError, 'code' | 'message'>): string {
  const shape = message.replace(UUID, '#').replace(HEX, '#').replace(NUMBER, '#').replace(/\s+/g, ' ').trim()
  return `${code} ${shape}`
}

/** The runs among some entries that failed with this error, in their order. */
export function withSameError(entries: readonly LedgerEntryView[], error: RunError): readonly RunView[] {
  const wanted = fingerprintOf(error)
  return entries.filter(
    (entry): entry is RunView => entry.kind === 'run' && entry.error !== null && fingerprintOf(entry.error) === wanted,
  )
}
