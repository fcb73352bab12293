import type { EpochMs } from '../clock.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import { type FateRule, fateOf } from './fate-of.ts'
import { startedBy } from './start-of.ts'

/** Beyond this many excluded due times in a row (or days, where the calendar knows when it ends) the search gives up. */
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
