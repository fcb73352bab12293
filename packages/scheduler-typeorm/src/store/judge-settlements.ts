import type { Run, RunId } from '@pm/scheduler-core'
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

export interface Judgement {
  readonly results: readonly SettleResult[]
  /** The settlements to write, each with its run. */
  readonly accepted: readonly { readonly settlement: Settlement; readonly run: Run }[]
}

export interface SettledRuns {
  /** The runs whose rows this unit has locked. */
  readonly runs: ReadonlyMap<RunId, Run>
  /** The ids of runs whose rows another transaction has locked. */
  readonly held: ReadonlySet<string>
}

/**
 * Decides which settlements to accept: those of running runs by their owners. An exact repetition of the stored outcome
 * is reported as such, so that a caller who does not know whether a commit succeeded can repeat the request.
 */
export function judgeSettlements(settlements: readonly Settlement[], { runs, held }: SettledRuns): Judgement {
  const standing = new Map<RunId, string>()
  for (const run of runs.values()) if (run.state !== 'running') standing.set(run.id, outcomeOf(run))
  const accepted: Judgement['accepted'][number][] = []
  const results = settlements.map((given): SettleResult => {
    if (held.has(given.runId)) return 'locked'
    const settlement = { ...given, calls: mergeCalls(given.calls) }
    const run = runs.get(settlement.runId)
    if (run === undefined || run.fence !== settlement.fence) return 'fenced'
    const outcome = outcomeOf(settlement)
    const stands = standing.get(run.id)
    if (stands !== undefined) return stands === outcome ? 'already_settled' : 'fenced'
    standing.set(run.id, outcome)
    accepted.push({ settlement, run })
    return 'settled'
  })
  return { results, accepted }
}

/** An outcome as a text; two texts are equal exactly when the outcomes are. */
function outcomeOf(outcome: Run | Settlement): string {
  const { state, settledAt, attempt, durationMs, items, calls, progress, error } = outcome
  const itemCounts = [items.processed, items.failed, items.skipped]
  const callCounts = calls
    .map(({ provider, tally }) => {
      const distributions = CALL_MEASURES.map((measure) => tally.distributions[measure])
      const measured = distributions.map(({ max, histogram }) => [max, histogram])
      return [provider, ...CALL_COUNTERS.map((counter) => tally[counter]), measured] as const
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const reason = error === null ? null : [error.code, error.name, error.message]
  const come = progress === null ? null : [progress.done, progress.total, progress.at]
  return JSON.stringify([state, settledAt, attempt, durationMs, itemCounts, callCounts, come, reason])
}

function mergeCalls(calls: readonly ProviderCalls[]): readonly ProviderCalls[] {
  const byProvider = new Map<string, CallTally>()
  for (const { provider, tally } of calls) {
    const known = byProvider.get(provider)
    byProvider.set(provider, known ? addTallies(CALL_FACTS, [known, tally]) : tally)
  }
  return [...byProvider].map(([provider, tally]) => ({ provider, tally }))
}
