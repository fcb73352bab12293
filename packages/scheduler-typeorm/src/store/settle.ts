import { CALL_FACTS, type SettleInput, type Settlement, type SettleResult, tallySettlement } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { CALL_SHAPE, insertCalls } from '../sql/insert-calls.ts'
import { lockJobs } from '../sql/lock-jobs.ts'
import { lockRuns } from '../sql/lock-runs.ts'
import type { Names } from '../sql/names.ts'
import { toColumns } from '../sql/rowset.ts'
import { SETTLEMENT_SHAPE, settleRuns } from '../sql/settle-runs.ts'
import { toTallyRow } from '../sql/tally-columns.ts'
import { JOB_STAT_SHAPE, upsertJobStats } from '../sql/upsert-job-stats.ts'
import { createAddCallTallies, createAddRunTallies } from './add-tallies.ts'
import { jobStats } from './job-stats.ts'
import { judgeSettlements } from './judge-settlements.ts'
import { progressColumns, toRun } from './ledger-rows.ts'
import { createReadCalls } from './read-calls.ts'
import { statement } from './statement.ts'

/**
 * A batch is a handful of statements: lock the jobs and their runs, write the outcomes, then add to job statistics and
 * tallies. With the jobs locked, a tick that has read which runs are going decides before one of them settles, or after.
 * Every caller takes these locks in this order, and each kind in the order of its keys, so that none waits in a circle.
 */
export function createSettle(names: Names) {
  const lockJobsOf = statement('settle', lockJobs(names))
  const lock = statement('settle', lockRuns(names))
  const readCalls = createReadCalls(names, 'settle')
  const write = statement('settle', settleRuns(names))
  const writeCalls = statement('settle', insertCalls(names))
  const writeStats = statement('settle', upsertJobStats(names))
  const addRunTallies = createAddRunTallies(names, 'settle')
  const addCallTallies = createAddCallTallies(names, 'settle')

  return async (session: EntityManager, input: SettleInput): Promise<readonly SettleResult[]> => {
    const { scheduler, settlements } = input
    if (settlements.length === 0) return []
    await lockJobsOf(session, scheduler, [...new Set(settlements.map(({ job }) => job))])
    const rows = await lock(session, scheduler, [...new Set(settlements.map(({ runId }) => runId))])
    const calls = await readCalls(session, rows)
    const runs = new Map(rows.map((row) => toRun(row, calls)).map((run) => [run.id, run]))
    const { results, accepted } = judgeSettlements(settlements, runs)
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
    // What is counted is the job of the ledger's row, not the one that the caller names.
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
