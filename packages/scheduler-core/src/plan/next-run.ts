import type { EpochMs } from '../clock.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { InactiveSpan } from './inactive.ts'

/** The first due time after `cursor` that no inactive span swallows; `null` when there is none. */
export function nextRunAt(
  schedule: Schedule,
  { cursor, inactive }: { readonly cursor: EpochMs; readonly inactive: readonly InactiveSpan[] },
): EpochMs | null {
  let due = nextDueAt(schedule, cursor)
  // Each round leaves one span behind for good, so the number of spans bounds the rounds.
  for (let round = 0; round <= inactive.length && due !== null; round++) {
    const instant: EpochMs = due
    const swallowing = inactive.find((span) => span.after < instant && instant <= span.upTo)
    if (!swallowing) return instant
    due = swallowing.upTo === Infinity ? null : nextDueAt(schedule, swallowing.upTo)
  }
  return due
}
