import type { EpochMs } from '../../clock.ts'
import { addCounts } from '../../run/count.ts'
import type { Run, Settlement, UnrunRange } from '../../run/ledger-entry.ts'
import type { SettledRunState } from '../../run/states.ts'
import { addUnmet, type Unmet, unmetByRange, unmetByRun } from '../../run/unmet.ts'

/** The facts about a job's latest outcomes that no sum contains. */
export interface LatestOutcomes extends Endings {
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
}

/** Those of them that one more success after a success does not change. */
export interface Endings {
  readonly lastFailureAt: EpochMs | null
  readonly lastOutcome: SettledRunState | null
  readonly lastErrorCode: string | null
  readonly consecutiveFailures: number
  /** As in the measures of a job. */
  readonly unmet: Unmet | null
}

export const NO_ENDINGS: Endings = Object.freeze({
  lastFailureAt: null,
  lastOutcome: null,
  lastErrorCode: null,
  consecutiveFailures: 0,
  unmet: null,
})

/** Shared by the jobs whose runs have all succeeded. */
export const ONLY_SUCCESSES: Endings = Object.freeze({ ...NO_ENDINGS, lastOutcome: 'succeeded' })

/**
 * A job's latest outcomes after one more settled run. Outcomes may arrive in any order; instants only move forwards. A
 * cancelled run counts as a run, but neither as a success nor as a failure.
 */
export function outcomesAfter(latestOutcomes: LatestOutcomes, due: DueOf, outcome: Outcome): LatestOutcomes {
  const lastRunAt = latest(latestOutcomes.lastRunAt, outcome.settledAt)
  const counted = { ...latestOutcomes, lastRunAt, ...countedOutcome(latestOutcomes, outcome) }
  const unmet = unmetByRun({ state: outcome.state, trigger: due.trigger, scheduledFor: due.scheduledFor })
  return { ...counted, unmet: addUnmet(latestOutcomes.unmet, unmet, counted.lastSuccessAt) }
}

type DueOf = Pick<Run, 'trigger' | 'scheduledFor'>
type Outcome = Pick<Settlement, 'state' | 'settledAt' | 'error'>

function countedOutcome(before: LatestOutcomes, { state, settledAt, error }: Outcome): Partial<LatestOutcomes> {
  const isLast = before.lastRunAt === null || settledAt >= before.lastRunAt
  const ending = isLast ? { lastOutcome: state } : {}
  if (state === 'cancelled') return ending
  if (state === 'succeeded') {
    return { ...ending, lastSuccessAt: latest(before.lastSuccessAt, settledAt), consecutiveFailures: 0 }
  }
  const consecutiveFailures = addCounts(before.consecutiveFailures, 1)
  const lastFailureAt = latest(before.lastFailureAt, settledAt)
  const code = lastFailureAt === settledAt ? { lastErrorCode: error?.code ?? null } : {}
  return { ...ending, ...code, lastFailureAt, consecutiveFailures }
}

/** A job's latest outcomes after due times that did not run. */
export function outcomesAfterUnrun(latestOutcomes: LatestOutcomes, range: UnrunRange): LatestOutcomes {
  const unmet = addUnmet(latestOutcomes.unmet, unmetByRange(range), latestOutcomes.lastSuccessAt)
  return unmet === latestOutcomes.unmet ? latestOutcomes : { ...latestOutcomes, unmet }
}

function latest(before: EpochMs | null, now: EpochMs): EpochMs {
  return before === null || now > before ? now : before
}
