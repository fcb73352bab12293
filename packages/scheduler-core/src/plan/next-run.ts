import type { EpochMs } from '../clock.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import { type FateRule, fateOf } from './fate-of.ts'
import { startedBy } from './start-of.ts'

/**
 * The search gives up after this many consecutive excluded due times (or excluded days, when the calendar tells their
 * ends).
 */
const MAX_LOOKS = 1_000

/** When the first due time after `cursor` that will run starts; `null` when there is none. */
export function nextRunAt(rule: FateRule, cursor: EpochMs): EpochMs | null {
  const { schedule } = rule.job
  let due = nextDueAt(schedule, cursor)
  for (let look = 0; look < MAX_LOOKS && due !== null; look++) {
    const foreseen = fateOf(due, rule)
    switch (foreseen.fate) {
      case 'run':
        return foreseen.startsAt
      case 'excluded':
        due = nextDueAt(schedule, Math.max(due, (foreseen.excludedUntil ?? due) - 1))
        break
      case 'missed':
      case 'suppressed': {
        const { upTo } = foreseen.span
        due = upTo === Infinity ? null : nextDueAt(schedule, Math.max(due, startedBy(upTo, rule)))
      }
    }
  }
  return null
}
