import type { EpochMs } from '@pm/scheduler-core'
import {
  addTallies,
  CALL_FACTS,
  type CallCounter,
  type CallMeasure,
  type CallTally,
  RUN_FACTS,
  type RunCounter,
  type RunMeasure,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { CALL_DELTA_SHAPE, insertCallDeltas, insertRunDeltas, RUN_DELTA_SHAPE } from '../sql/insert-deltas.ts'
import type { Names } from '../sql/names.ts'
import { type Cells, columnsOf } from '../sql/rowset.ts'
import { tallyCells } from '../sql/tally-columns.ts'
import { type JobStatRow, jobStats, type StatOutcome } from './job-stats.ts'
import { statement } from './statement.ts'
import { type Contribution, type TallyRow, tallyRows } from './tally-batch.ts'

export interface RunDeltas {
  readonly scheduler: string
  /** What batches add to the counters of jobs, by the minute. */
  readonly rows: readonly TallyRow<RunCounter, RunMeasure>[]
  /** The outcomes of runs in the order in which they were settled, or of due times that did not run. */
  readonly outcomes: readonly StatOutcome[]
}

/** Appends what a batch adds to the counters and statistics of jobs. Answers how many rows it wrote. */
export function createAppendRunDeltas(names: Names, operation: string) {
  const insert = statement(operation, insertRunDeltas(names))
  return async (session: EntityManager, { scheduler, rows, outcomes }: RunDeltas): Promise<number> => {
    if (rows.length === 0) return 0
    const stats = new Map(jobStats(outcomes).map((stat) => [stat.job, stat]))
    const deltas = rows.map(({ name, bucket_start, tally }): RunDelta => {
      // A job has a row for each minute of its outcomes; its statistics go into the first.
      const stat = stats.get(name)
      stats.delete(name)
      return { name, bucket_start, tally, stat }
    })
    await insert(session, scheduler, ...columnsOf(RUN_DELTA_SHAPE, RUN_DELTA_CELLS, deltas))
    return rows.length
  }
}

interface RunDelta extends TallyRow<RunCounter, RunMeasure> {
  readonly stat: JobStatRow | undefined
}

const RUN_DELTA_CELLS: Cells<typeof RUN_DELTA_SHAPE, RunDelta> = {
  ...tallyCells(RUN_FACTS),
  bucket_start: ({ bucket_start }) => bucket_start,
  name: ({ name }) => name,
  last_run_at: ({ stat }) => stat?.last_run_at ?? null,
  last_success_at: ({ stat }) => stat?.last_success_at ?? null,
  last_failure_at: ({ stat }) => stat?.last_failure_at ?? null,
  last_outcome: ({ stat }) => stat?.last_outcome ?? null,
  last_error_code: ({ stat }) => stat?.last_error_code ?? null,
  consecutive_failures: ({ stat }) => stat?.consecutive_failures || null,
  unmet_from: ({ stat }) => stat?.unmet?.from ?? null,
  unmet_through: ({ stat }) => stat?.unmet?.through ?? null,
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
    const rows = tallyRows(contributions, sum).map(({ name, bucket_start, tally }): CallDelta => {
      return { name, bucket_start, tally, lastSuccessAt: lastSuccess.get(name) ?? null }
    })
    await insert(session, scheduler, ...columnsOf(CALL_DELTA_SHAPE, CALL_DELTA_CELLS, rows))
    return rows.length
  }
}

interface CallDelta extends TallyRow<CallCounter, CallMeasure> {
  readonly lastSuccessAt: EpochMs | null
}

const CALL_DELTA_CELLS: Cells<typeof CALL_DELTA_SHAPE, CallDelta> = {
  ...tallyCells(CALL_FACTS),
  bucket_start: ({ bucket_start }) => bucket_start,
  name: ({ name }) => name,
  last_success_at: ({ lastSuccessAt }) => lastSuccessAt,
}
