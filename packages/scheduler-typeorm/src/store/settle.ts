import {
  CALL_FACTS,
  type SettleInput,
  type Settlement,
  type SettleResult,
  tallySettlement,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { CALL_SHAPE, insertCalls } from '../sql/insert-calls.ts'
import { lockRuns } from '../sql/lock-runs.ts'
import type { Names } from '../sql/names.ts'
import { toColumns } from '../sql/rowset.ts'
import { selectKnownRuns } from '../sql/select-known.ts'
import { SETTLEMENT_SHAPE, settleRuns } from '../sql/settle-runs.ts'
import { toTallyRow } from '../sql/tally-columns.ts'
import { JOB_STAT_SHAPE, upsertJobStats } from '../sql/upsert-job-stats.ts'
import { createAddCallTallies, createAddRunTallies } from './add-tallies.ts'
import { jobStats } from './job-stats.ts'
import { judgeSettlements } from './judge-settlements.ts'
import { progressColumns, toRun } from './ledger-rows.ts'
import { JOB_ROWS } from './lock-jobs.ts'
import { createLockRows, type LockRows } from './lock-rows.ts'
import { createReadCalls } from './read-calls.ts'
import { statement } from './statement.ts'

const RUN_ROWS: LockRows = { lock: lockRuns, known: selectKnownRuns, key: 'id' }

/**
 * Settles a batch in a few statements: it locks the jobs and their runs, writes the outcomes, then adds to job
 * statistics and tallies. Because the jobs are locked, no run settles while a tick decides on its job. Every caller
 * locks in this order, and rows of one table in the order of their keys, so that no deadlock arises. With `waitMs` it
 * skips rows that another transaction has locked, and returns `locked` for them.
 *
 * Without `waitMs` it settles a run in its handler's own transaction, and its locks last until that transaction ends.
 * The server ends the transaction when it is then idle for `IDLE_MS`, for example because its process has stalled.
 */
export function createSettle(names: Names) {
  const lockJobRows = createLockRows(names, 'settle', JOB_ROWS)
  const lockRunRows = createLockRows(names, 'settle', RUN_ROWS)
  const limitIdle = statement('settle', LIMIT_IDLE)
  const readCalls = createReadCalls(names, 'settle')
  const write = statement('settle', settleRuns(names))
  const writeCalls = statement('settle', insertCalls(names))
  const writeStats = statement('settle', upsertJobStats(names))
  const addRunTallies = createAddRunTallies(names, 'settle')
  const addCallTallies = createAddCallTallies(names, 'settle')

  return async (session: EntityManager, input: SettleInput): Promise<readonly SettleResult[]> => {
    const { scheduler, settlements, waitMs } = input
    if (settlements.length === 0) return []
    if (waitMs === undefined) await limitIdle(session, String(IDLE_MS))
    const lockedJobs = await lockJobRows(session, {
      scheduler,
      keys: unique(settlements.map(({ job }) => job)),
      waitMs,
    })
    const free = settlements.filter(({ job }) => !lockedJobs.locked.includes(job))
    const { rows, locked } = await lockRunRows(session, {
      scheduler,
      keys: unique(free.map(({ runId }) => runId)),
      waitMs,
    })
    const held = new Set([...locked, ...settlements.filter((each) => !free.includes(each)).map(({ runId }) => runId)])
    const calls = await readCalls(session, rows)
    const runs = new Map(rows.map((row) => toRun(row, calls)).map((run) => [run.id, run]))
    const { results, accepted } = judgeSettlements(settlements, { runs, held })
    if (accepted.length === 0) return results

    const settledRows = accepted.map(({ settlement }) => settledRow(settlement))
    await write(session, ...toColumns(SETTLEMENT_SHAPE, settledRows))
    const asked = accepted.flatMap(({ settlement }) => settlement.calls.map((each) => ({ ...each, settlement })))
    if (asked.length > 0) {
      const callRows = asked.map(({ provider, tally, settlement: { runId, settledAt } }) => {
        return { run_id: runId, provider, settled_at: settledAt, ...toTallyRow(CALL_FACTS, tally) }
      })
      await writeCalls(session, scheduler, ...toColumns(CALL_SHAPE, callRows))
    }
    // Counts for the job of the ledger row, not for the job that the caller names.
    const outcomes = accepted.map(({ settlement, run }) => ({ ...settlement, job: run.job }))
    await writeStats(session, scheduler, ...toColumns(JOB_STAT_SHAPE, jobStats(outcomes)))
    await addRunTallies(session, {
      scheduler,
      contributions: accepted.map(({ settlement, run }) => {
        return { name: run.job, settledAt: settlement.settledAt, tally: tallySettlement(run, settlement) }
      }),
    })
    await addCallTallies(session, {
      scheduler,
      contributions: asked.map(({ provider, tally, settlement: { settledAt } }) => ({
        name: provider,
        settledAt,
        tally,
      })),
    })
    return results
  }
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}

/** How long a handler's transaction may do nothing once it has settled its run. */
const IDLE_MS = 5_000

/** Parameters: milliseconds. Lowers the idle limit of this transaction only, and never raises it. */
const LIMIT_IDLE = `
  SELECT set_config(name, $1, true)::text FROM pg_settings
  WHERE name = 'idle_in_transaction_session_timeout' AND (setting::bigint = 0 OR setting::bigint > $1::bigint)`

function settledRow({ runId, state, settledAt, attempt, durationMs, items, progress, error }: Settlement) {
  return {
    id: runId,
    state,
    settled_at: settledAt,
    attempt,
    duration_ms: durationMs,
    items_processed: items.processed,
    items_failed: items.failed,
    items_skipped: items.skipped,
    ...progressColumns(progress),
    error_code: error?.code ?? null,
    error_name: error?.name ?? null,
    error_message: error?.message ?? null,
  }
}
