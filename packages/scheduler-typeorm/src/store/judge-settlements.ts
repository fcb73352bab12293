import type { Run } from '@pm/scheduler-core'
import {
  addTallies,
  CALL_COUNTERS,
  CALL_FACTS,
  CALL_MEASURES,
  type CallTally,
  type ProviderCalls,
  type Settlement,
  type SettleResult,
} from '@pm/scheduler-core/store'

import { errorMoreJson } from './stored-errors.ts'

/** What was found out about the runs of a batch of settlements, by their ids. */
export interface SettledRuns {
  /** The settlements that were written. */
  readonly written: ReadonlyMap<string, Settlement>
  /** The runs that another transaction has locked. */
  readonly locked: ReadonlySet<string>
  /** The outcomes that stood before, of the runs that are neither. */
  readonly standing: ReadonlyMap<string, Run>
}

/**
 * Answers each settlement of a batch. An exact repetition of the outcome that stands is reported as such, so that a
 * caller who does not know whether a commit succeeded can repeat the request.
 */
export function judgeSettlements(
  settlements: readonly Settlement[],
  { written, locked, standing }: SettledRuns,
): readonly SettleResult[] {
  return settlements.map((settlement) => {
    const stands = written.get(settlement.runId)
    if (stands === settlement) return 'settled'
    if (locked.has(settlement.runId)) return 'locked'
    const before = stands ?? standing.get(settlement.runId)
    if (before === undefined || before.fence !== settlement.fence) return 'fenced'
    return outcomeOf(before) === outcomeOf(settlement) ? 'already_settled' : 'fenced'
  })
}

/** The first settlement of each run and fence: a batch may name a run again. */
export function firstSettlements(settlements: readonly Settlement[]): readonly Settlement[] {
  const seen = new Set<string>()
  return settlements.filter(({ runId, fence }) => {
    const key = `${runId} ${fence}`
    return !seen.has(key) && seen.add(key)
  })
}

/** An outcome as a text; two texts are equal exactly when the outcomes are. */
function outcomeOf(outcome: Run | Settlement): string {
  const { state, settledAt, attempt, durationMs, items, progress, error } = outcome
  const calls = mergeCalls(outcome.calls)
  const itemCounts = [items.processed, items.failed, items.skipped]
  const callCounts = calls
    .map(({ provider, tally }) => {
      const distributions = CALL_MEASURES.map((measure) => tally.distributions[measure])
      const measured = distributions.map(({ max, histogram }) => [max, histogram])
      return [provider, ...CALL_COUNTERS.map((counter) => tally[counter]), measured] as const
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const reason = error === null ? null : [error.code, error.name, error.message, errorMoreJson(error)]
  const come = progress === null ? null : [progress.done, progress.total, progress.at]
  return JSON.stringify([state, settledAt, attempt, durationMs, itemCounts, callCounts, come, reason])
}

/** The calls of a run, those to the same provider added up. */
export function mergeCalls(calls: readonly ProviderCalls[]): readonly ProviderCalls[] {
  if (calls.length < 2) return calls
  const byProvider = new Map<string, CallTally>()
  for (const { provider, tally } of calls) {
    const known = byProvider.get(provider)
    byProvider.set(provider, known ? addTallies(CALL_FACTS, [known, tally]) : tally)
  }
  return [...byProvider].map(([provider, tally]) => ({ provider, tally }))
}
