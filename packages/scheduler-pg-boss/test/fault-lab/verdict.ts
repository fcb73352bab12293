import { every, type LedgerEntry, type RunId } from '@pm/scheduler-core'
import { checkHistory, type HistoryLine, readHistory } from '@pm/scheduler-testing'

import type { Cluster } from './cluster.ts'
import { LEASE_MS, SWEEP_MS } from './instance-options.ts'
import { openLedgerReader } from './ledger-reader.ts'
import { PERIODS_MS } from './workload.ts'

/** A process that stands still in a unit holds its rows until its idle limit, which is a lease here; others wait for them. */
const TOLERANCE_MS = 1_000 + LEASE_MS

export interface Evidence {
  readonly ledger: readonly LedgerEntry[]
  readonly history: readonly HistoryLine[]
}

/**
 * Compares what the handlers of a cluster told, outside of the database, with its ledger, once all processes have ended.
 * Rejects with every violation and all history lines of the runs in it.
 */
export async function judge(cluster: Cluster): Promise<Evidence> {
  const reader = await openLedgerReader(cluster)
  const [ledger, measures] = [await reader.entries(), await reader.measures()]
  await reader.close()
  const history = readHistory(cluster.historyPath)
  const jobs = measures.jobs.flatMap(({ job, cursor, lifetime }) => {
    const milliseconds = PERIODS_MS.get(job)
    return milliseconds === undefined
      ? []
      : [{ job, schedule: every({ milliseconds }), since: measures.since, cursor, lifetime }]
  })
  if (jobs.length !== PERIODS_MS.size) throw new Error(`The store knows ${jobs.length} of ${PERIODS_MS.size} jobs.`)
  const violations = checkHistory({ history, ledger, jobs, sweepMs: SWEEP_MS, toleranceMs: TOLERANCE_MS })
  if (violations.length === 0) return { ledger, history }
  const words = violations.map(({ kind, what }) => `${kind}: ${what}`)
  throw new Error([...words, ...linesAbout(words.join(), { ledger, history })].join('\n'))
}

/** The ledger entries and history lines of the runs that a text names, and what happened to all processes. */
function linesAbout(text: string, { ledger, history }: Evidence): readonly string[] {
  const isNamed = (id: RunId | string) => text.includes(id)
  const told = history.filter((line) => ('runId' in line ? isNamed(line.runId) : line.kind !== 'stalled'))
  return [...ledger.filter(({ id }) => isNamed(id)), ...told].map((line) => JSON.stringify(line))
}
