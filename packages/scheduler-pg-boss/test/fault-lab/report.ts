import type { LedgerEntry, Run } from '@pm/scheduler-core'

import type { FaultKind, FaultRecord } from './faults.ts'
import type { Evidence } from './verdict.ts'

/** A run that begins this late is one that something held up. */
const LATE_MS = 1_000

/** The counts of a cluster that stood its faults. That none was lost or doubled is what the verdict says. */
export interface ClusterReport {
  readonly dueTimes: number
  /** Due times by what became of them: the states of their entries, and why a due time did not run. */
  readonly states: Readonly<Record<string, number>>
  /** How often a handler began. */
  readonly starts: number
  /** Runs again of orphans, and other runs that are not those of a due time. */
  readonly otherRuns: number
  /** How often each kind of fault happened, and the longest time to recover from one. */
  readonly faults: Readonly<Partial<Record<FaultKind, Recoveries>>>
}

export interface Recoveries {
  readonly count: number
  /** From when everything was there again until the last run that was late by then had begun; 0 when none was late. */
  readonly worstMs: number
}

export function reportOf({ ledger, history }: Evidence, faults: readonly FaultRecord[]): ClusterReport {
  const states: Record<string, number> = {}
  const dueEntries = ledger.filter((entry) => entry.kind === 'unrun' || entry.trigger === 'schedule')
  for (const entry of dueEntries) {
    const name = entry.kind === 'unrun' && entry.reason !== null ? `${entry.state}: ${entry.reason}` : entry.state
    states[name] = (states[name] ?? 0) + dueTimesOf(entry)
  }
  return {
    dueTimes: dueEntries.reduce((sum, entry) => sum + dueTimesOf(entry), 0),
    states,
    starts: history.filter(({ kind }) => kind === 'start').length,
    otherRuns: ledger.length - dueEntries.length,
    faults: recoveriesOf(faults, ledger.filter(isDueRun)),
  }
}

function dueTimesOf(entry: LedgerEntry): number {
  return entry.kind === 'unrun' ? entry.dueCount : 1
}

type DueRun = Run & { readonly scheduledFor: number }

function isDueRun(entry: LedgerEntry): entry is DueRun {
  return entry.kind === 'run' && entry.trigger === 'schedule' && entry.scheduledFor !== null
}

function recoveriesOf(faults: readonly FaultRecord[], runs: readonly DueRun[]): ClusterReport['faults'] {
  const recoveries: Partial<Record<FaultKind, Recoveries>> = {}
  for (const fault of faults) {
    const { count, worstMs } = recoveries[fault.kind] ?? { count: 0, worstMs: 0 }
    recoveries[fault.kind] = { count: count + 1, worstMs: Math.max(worstMs, recoveryMs(fault, faults, runs)) }
  }
  return recoveries
}

/** By the late runs that were due from the fault on, and before the next one that did not begin beside it. */
function recoveryMs(fault: FaultRecord, all: readonly FaultRecord[], runs: readonly DueRun[]): number {
  const until = Math.min(...all.map(({ from }) => from).filter((from) => from >= fault.to))
  const begun = runs
    .filter(({ scheduledFor }) => scheduledFor > fault.from - LATE_MS && scheduledFor < until)
    .filter(({ scheduledFor, startedAt }) => startedAt - scheduledFor > LATE_MS)
    .map(({ startedAt }) => startedAt)
  return Math.max(0, ...begun.map((at) => at - fault.to))
}
