import type { Run } from '@pm/scheduler-core'
import {
  type Outcome,
  RUN_TRIGGERS,
  type RunCounter,
  type RunMeasure,
  type SettleInput,
  type Settlement,
  type SettleResult,
  tallySettlements,
  unmetByRun,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, type Row, text, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectOutcomes } from '../sql/select-outcomes.ts'
import { createAppendCallDeltas, createAppendRunDeltas } from './append-deltas.ts'
import { createFoldDeltas } from './fold-deltas.ts'
import { firstSettlements, judgeSettlements } from './judge-settlements.ts'
import { runId, toRun } from './ledger-rows.ts'
import { createLockJobRows } from './lock-job-rows.ts'
import { createMoveSettled } from './move-settled.ts'
import { statement } from './statement.ts'
import { tallyRows } from './tally-batch.ts'

/**
 * Settles a batch in two statements: one moves the runs from what is under way to what is settled, one appends what
 * they add to the counters. It locks nothing but the rows of the runs, so that batches of several instances do not wait
 * for each other. With `waitMs` it skips rows that another transaction has locked, and returns `locked` for them.
 *
 * Without `waitMs` it settles a run in its handler's own transaction, and its locks last until that transaction ends.
 * It locks the run's job too, before the run, as a tick does: a tick then passes over the job and does not wait for the
 * run. The server ends the transaction when it is idle for `IDLE_MS`, for example because its process has stalled.
 */
export function createSettle(names: Names) {
  const lockJobRows = createLockJobRows(names, 'settle')
  const limitIdle = statement('settle', LIMIT_IDLE)
  const move = createMoveSettled(names)
  const readOutcomes = statement('settle', selectOutcomes(names))
  const appendRunDeltas = createAppendRunDeltas(names, 'settle')
  const appendCallDeltas = createAppendCallDeltas(names, 'settle')
  const fold = createFoldDeltas(names, 'settle')
  /** By scheduler, how many deltas this store has appended since it last folded all. */
  const unfolded = new Map<string, number>()

  return async (session: EntityManager, input: SettleInput): Promise<readonly SettleResult[]> => {
    const { scheduler, settlements, waitMs } = input
    if (settlements.length === 0) return []
    if (waitMs === undefined) {
      await limitIdle(session, String(IDLE_MS))
      await lockJobRows(session, { scheduler, jobs: [...new Set(settlements.map(({ job }) => job))], waitMs })
    }
    const first = firstSettlements(settlements)
    const { rows, locked } = await move(session, { scheduler, settlements: first, waitMs })
    const outcomes = toOutcomes(rows, first)
    const written = new Map<string, Settlement>(outcomes.map(({ settlement }) => [settlement.runId, settlement]))
    const known = (id: string) => written.has(id) || locked.has(id)
    const others = [...new Set(settlements.map((each) => each.runId).filter((id) => !known(id)))]
    const standing = new Map<string, Run>()
    if (others.length > 0) {
      for (const row of await readOutcomes(session, scheduler, others)) standing.set(runId(row), toRun(row))
    }
    const deltas = await append(session, scheduler, outcomes)
    if (isFoldDue(scheduler, deltas) && waitMs !== undefined) {
      if (await fold(session, scheduler, Math.max(FOLD_AFTER, deltas * 2))) unfolded.delete(scheduler)
    }
    return judgeSettlements(settlements, { written, locked, standing })
  }

  function isFoldDue(scheduler: string, deltas: number): boolean {
    const waiting = (unfolded.get(scheduler) ?? 0) + deltas
    unfolded.set(scheduler, waiting)
    return waiting >= Math.max(FOLD_AFTER, deltas * BATCHES)
  }

  async function append(session: EntityManager, scheduler: string, outcomes: readonly SettledRun[]): Promise<number> {
    // Counts for the job of the run, not for the job that the caller names.
    const contributions = outcomes.map((outcome) => {
      return { name: outcome.job, settledAt: outcome.settlement.settledAt, of: outcome }
    })
    const rows = tallyRows<SettledRun, RunCounter, RunMeasure>(contributions, tallySettlements)
    const states = outcomes.map(({ job, run, settlement: { state, settledAt, error } }) => ({
      job,
      state,
      settledAt,
      errorCode: error?.code ?? null,
      unmet: unmetByRun({ ...run, state }),
    }))
    const runDeltas = await appendRunDeltas(session, { scheduler, rows, outcomes: states })
    const calls = outcomes.flatMap(({ settlement: { settledAt, calls } }) =>
      calls.map(({ provider, tally }) => ({ name: provider, settledAt, of: tally })),
    )
    const callDeltas = await appendCallDeltas(session, { scheduler, contributions: calls })
    return runDeltas + callDeltas
  }
}

/** A run that was settled here. */
interface SettledRun extends Outcome {
  readonly job: string
  readonly settlement: Settlement
  readonly run: Outcome['run'] & Pick<Run, 'scheduledFor'>
}

/** In the order of the settlements. */
function toOutcomes(rows: readonly Row[], settlements: readonly Settlement[]): readonly SettledRun[] {
  const moved = new Map<string, Row>(rows.map((row) => [`${runId(row)} ${text(row, 'fence')}`, row]))
  return settlements.flatMap((settlement) => {
    const row = moved.get(`${settlement.runId} ${settlement.fence}`)
    if (row === undefined) return []
    const run = {
      trigger: word(row, 'trigger', RUN_TRIGGERS),
      latenessMs: integerOrNull(row, 'lateness_ms'),
      scheduledFor: integerOrNull(row, 'scheduled_for'),
      earlierAttempts: integer(row, 'earlier_attempts'),
      queueWaitMs: integerOrNull(row, 'queue_wait_ms'),
    }
    return [{ job: text(row, 'job'), run, settlement }]
  })
}

/** Enough that folding costs a run little, and few enough that a reader adds them up in a millisecond. */
const FOLD_AFTER = 500
/** After as many batches as this: a batch of many jobs appends a row for each of them. */
const BATCHES = 16

/** How long a handler's transaction may do nothing once it has settled its run. */
const IDLE_MS = 5_000

/** Parameters: milliseconds. Lowers the idle limit of this transaction only, and never raises it. */
const LIMIT_IDLE = `
  SELECT set_config('idle_in_transaction_session_timeout', $1, true)::text
  FROM (SELECT current_setting('idle_in_transaction_session_timeout')::interval AS present) AS setting
  WHERE present = interval '0' OR present > $1::int * interval '1 millisecond'`
