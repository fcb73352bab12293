import {
  addTallies,
  CALL_FACTS,
  type CallTally,
  RUN_FACTS,
  type RunCounter,
  type RunMeasure,
  type Settlement,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { CALL_DELTA_SHAPE, insertCallDeltas, insertRunDeltas, RUN_DELTA_SHAPE } from '../sql/insert-deltas.ts'
import type { Names } from '../sql/names.ts'
import { toColumns } from '../sql/rowset.ts'
import { toTallyRow } from '../sql/tally-columns.ts'
import { type JobStatRow, jobStats } from './job-stats.ts'
import { statement } from './statement.ts'
import { type Contribution, type TallyRow, tallyRows } from './tally-batch.ts'

export interface RunDeltas {
  readonly scheduler: string
  /** What batches add to the counters of jobs, by the minute. */
  readonly rows: readonly TallyRow<RunCounter, RunMeasure>[]
  /** The outcomes of runs, in the order in which they were settled. */
  readonly outcomes: readonly Pick<Settlement, 'job' | 'state' | 'settledAt'>[]
}

/** Appends what a batch adds to the counters and statistics of jobs. Answers how many rows it wrote. */
export function createAppendRunDeltas(names: Names, operation: string) {
  const insert = statement(operation, insertRunDeltas(names))
  return async (session: EntityManager, { scheduler, rows, outcomes }: RunDeltas): Promise<number> => {
    if (rows.length === 0) return 0
    const stats = new Map(jobStats(outcomes).map((stat) => [stat.job, stat]))
    const deltas = rows.map(({ tally, ...row }) => {
      // A job has a row for each minute of its outcomes; its statistics go into the first.
      const stat = stats.get(row.name) ?? NO_OUTCOME
      stats.delete(row.name)
      return { ...row, ...statColumns(stat), ...toTallyRow(RUN_FACTS, tally) }
    })
    await insert(session, scheduler, ...toColumns(RUN_DELTA_SHAPE, deltas))
    return rows.length
  }
}

type Stat = Omit<JobStatRow, 'job' | 'last_run_at'> & { readonly last_run_at: number | null }

const NO_OUTCOME: Stat = { last_run_at: null, last_success_at: null, last_failure_at: null, consecutive_failures: 0 }

function statColumns({ last_run_at, last_success_at, last_failure_at, consecutive_failures }: Stat): Stat {
  return { last_run_at, last_success_at, last_failure_at, consecutive_failures }
}

export interface CallDeltas {
  readonly scheduler: string
  readonly contributions: readonly Contribution<CallTally>[]
}

/**
 * Appends what a batch adds to the counters of providers, and when each last gave data. Answers how many rows it wrote.
 */
export function createAppendCallDeltas(names: Names, operation: string) {
  const insert = statement(operation, insertCallDeltas(names))
  return async (session: EntityManager, { scheduler, contributions }: CallDeltas): Promise<number> => {
    if (contributions.length === 0) return 0
    const lastSuccess = new Map<string, number>()
    for (const { name, settledAt, of: tally } of contributions) {
      if (tally.succeeded > 0) lastSuccess.set(name, Math.max(lastSuccess.get(name) ?? settledAt, settledAt))
    }
    const sum = (tallies: readonly CallTally[]) => addTallies(CALL_FACTS, tallies)
    const rows = tallyRows(contributions, sum).map(({ tally, ...row }) => {
      const last_success_at = lastSuccess.get(row.name)
      return { ...row, ...toTallyRow(CALL_FACTS, tally), last_success_at: last_success_at ?? null }
    })
    await insert(session, scheduler, ...toColumns(CALL_DELTA_SHAPE, rows))
    return rows.length
  }
}
