import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { beganAt } from '../../../data/began-at.ts'
import { formatDuration } from '../../../format/durations.ts'
import { toMs } from '../../../format/instants.ts'
import { stateOfEntry, wordOfEntry } from '../../../ui/state-of.ts'
import type { StripCell } from '../../../ui/strip.tsx'

/** The latest rows of the ledger, which the API gives latest first, as cells with the oldest first. */
export function toStripCells(
  entries: readonly LedgerEntryView[],
  { say, nowMs }: { readonly say: (atMs: number) => string; readonly nowMs: number },
): readonly StripCell[] {
  return entries
    .map((entry): StripCell => {
      const atMs = toMs(entry.kind === 'run' ? beganAt(entry) : entry.scheduled_for)
      const durationMs = durationOf(entry, nowMs)
      const parts = [
        entry.job,
        wordOfEntry(entry),
        ...(atMs === null ? [] : [say(atMs)]),
        ...(durationMs === null ? [] : [formatDuration(durationMs)]),
      ]
      return {
        key: entry.id,
        state: stateOfEntry(entry),
        label: parts.join(', '),
        durationMs,
        ...(entry.state === 'missed' && { isGap: true }),
      }
    })
    .reverse()
}

/** Of a run that goes on, how long it has run; one in a queue has not. */
function durationOf(entry: LedgerEntryView, nowMs: number): number | null {
  if (entry.kind === 'unrun') return null
  if (entry.duration_ms !== null) return entry.duration_ms
  const startedMs = toMs(entry.started_at)
  return startedMs === null ? null : Math.max(0, nowMs - startedMs)
}
