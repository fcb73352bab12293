import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import type { JobMeasures } from '../ports/measures.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import { type FateRule, fateOf } from './fate-of.ts'
import { startedBy } from './start-of.ts'

/** What the store has measured of the job's due times. */
export type DueMeasures = Pick<JobMeasures, 'cursor' | 'lastSuccessAt' | 'unmet' | 'runningDueAt'>

/** The search for an undecided due time gives up after this many that do not have to run. */
const MAX_LOOKS = 1_000

/**
 * The oldest due time after the last success that had to run and has no success yet; `null` when there is none. A due time
 * had to run unless it fell into a pause or a calendar excludes it: also when it was missed or met a run that was still
 * going. Due times that nobody has decided about yet, since no process was there, are judged as a tick would.
 */
export function overdueSince(rule: FateRule, measures: DueMeasures, asOf: EpochMs): EpochMs | null {
  const { cursor, lastSuccessAt, runningDueAt } = measures
  const succeededAt = lastSuccessAt ?? -Infinity
  const undecided = firstThatHasToRun(rule, { after: Math.max(cursor, succeededAt), upTo: asOf })
  const oldest = [settledWithout(rule, measures), runningDueAt, undecided].filter((due) => due !== null)
  return oldest.length === 0 ? null : Math.min(...oldest)
}

/** The oldest of the settled due times. Of those on both sides of a success the schedule says which come after it. */
function settledWithout(rule: FateRule, { unmet, lastSuccessAt }: DueMeasures): EpochMs | null {
  if (unmet === null || lastSuccessAt === null || unmet.from > lastSuccessAt) return unmet?.from ?? null
  const active = { ...rule, inactive: [] }
  return firstThatHasToRun(active, { after: lastSuccessAt, upTo: unmet.through }) ?? unmet.through
}

/**
 * For how long the policies of a job let a due time be without success: it may start so late, and its run may take so
 * long. Without a limit of time, an hour.
 */
export function overdueAllowedMs({ misfireGraceMs, jitterMs, timeoutMs }: AllowingPolicies): number {
  return misfireGraceMs + jitterMs + (timeoutMs ?? NO_LIMIT_MS)
}

type AllowingPolicies = Pick<JobPolicies, 'misfireGraceMs' | 'jitterMs' | 'timeoutMs'>

const NO_LIMIT_MS = 3_600_000

interface Stretch {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

function firstThatHasToRun(rule: FateRule, { after, upTo }: Stretch): EpochMs | null {
  const { schedule } = rule.job
  let due = nextDueAt(schedule, after)
  for (let look = 0; look < MAX_LOOKS && due !== null && due <= upTo; look++) {
    const foreseen = fateOf(due, rule)
    switch (foreseen.fate) {
      case 'run':
      case 'missed':
        return due
      case 'excluded':
        due = nextDueAt(schedule, Math.max(due, (foreseen.excludedUntil ?? due) - 1))
        break
      case 'suppressed':
        due =
          foreseen.span.upTo === Infinity
            ? null
            : nextDueAt(schedule, Math.max(due, startedBy(foreseen.span.upTo, rule)))
    }
  }
  return null
}
