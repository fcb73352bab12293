import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { beganAt } from '../../../data/began-at.ts'
import { formatDuration } from '../../../format/durations.ts'
import { strings } from '../../../strings/index.ts'
import { stateOfEntry, wordOfEntry } from '../../../ui/state-of.ts'
import type { StripCell } from '../../../ui/strip.tsx'

/** Entries of the ledger, latest first, as the bars of a strip, oldest first. */
export function toStripCells(
  entries: readonly LedgerEntryView[],
  formatAt: (at: string) => string,
): readonly StripCell[] {
  return entries.map((entry) => toCell(entry, formatAt)).reverse()
}

function toCell(entry: LedgerEntryView, formatAt: (at: string) => string): StripCell {
  const { id: key, state } = entry
  const word = wordOfEntry(entry)
  if (entry.kind === 'run') {
    const { duration_ms: durationMs } = entry
    const took = durationMs === null ? '' : `, ${formatDuration(durationMs)}`
    return { key, state: stateOfEntry(entry), durationMs, label: `${word} ${formatAt(beganAt(entry))}${took}` }
  }
  const { scheduled_for, through, due_count } = entry
  const when =
    due_count === 1
      ? formatAt(scheduled_for)
      : strings.runs.range(formatAt(scheduled_for), formatAt(through), due_count)
  return {
    key,
    state: stateOfEntry(entry),
    durationMs: null,
    label: `${word} ${when}`,
    ...(state === 'missed' && { isGap: true }),
  }
}
