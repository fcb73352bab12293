import type { HistoryLine } from '@pm/scheduler-testing'

import type { Evidence } from './verdict.ts'

/** The figures of a crash test, for its report. */
export function figuresOf({ ledger, history }: Evidence) {
  const states: Record<string, number> = {}
  for (const entry of ledger) {
    states[entry.state] = (states[entry.state] ?? 0) + (entry.kind === 'run' ? 1 : entry.dueCount)
  }
  const orphanedAfterMs = ledger.flatMap((entry) =>
    entry.kind === 'run' && entry.state === 'orphaned' && entry.settledAt !== null
      ? [entry.settledAt - entry.leaseUntil]
      : [],
  )
  return {
    states,
    starts: count(history, 'start'),
    aborted: count(history, 'aborted'),
    fenced: history.filter((line) => line.kind === 'settled' && line.result === 'fenced').length,
    latestOrphanMs: Math.max(0, ...orphanedAfterMs),
    longestStallMs: Math.max(0, ...history.flatMap((line) => (line.kind === 'stalled' ? [line.ms] : []))),
    latestAbortMs: Math.max(0, ...abortDelays(history)),
  }
}

/** For each handler that ran when its process was stopped: how long after the process continued its signal aborted. */
function abortDelays(history: readonly HistoryLine[]): readonly number[] {
  const continued = new Map<string, number>()
  const started = new Map<string, number>()
  return history.flatMap((line) => {
    if (line.kind === 'continued') continued.set(line.process, line.at)
    if (line.kind === 'start') started.set(line.runId, line.at)
    if (line.kind !== 'aborted') return []
    const wentOnAt = continued.get(line.process) ?? 0
    return (started.get(line.runId) ?? Infinity) < wentOnAt ? [line.at - wentOnAt] : []
  })
}

function count(history: readonly HistoryLine[], kind: HistoryLine['kind']): number {
  return history.filter((line) => line.kind === kind).length
}
