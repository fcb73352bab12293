import type { PruneInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'
import { dropExpired, findExpired, makePartitions, serverTime } from '../migrations/partitions.ts'
import { deleteBuckets } from '../sql/delete-buckets.ts'
import { deleteDefinitions, deleteInstances, deleteLostHoldings } from '../sql/delete-instances.ts'
import { deleteLog } from '../sql/delete-log.ts'
import { deleteReceipts } from '../sql/delete-receipts.ts'
import { eraseInputs } from '../sql/erase-inputs.ts'
import type { Names } from '../sql/names.ts'
import { dayOf, deleteSettled } from '../sql/partitions.ts'
import { asStoreError } from '../store-error.ts'
import { createFoldDeltas } from './fold-deltas.ts'
import { statement } from './statement.ts'

/** How many deltas to fold with one statement. */
const FOLD = 10_000

/**
 * Drops the partitions of days that are over, and makes those of days to come. What is left of such days is deleted row
 * by row, up to the limit. Entries of the day that `before` falls into stay until it is over.
 */
export function createPrune(names: Names) {
  const entries = statement('prune', deleteSettled(names))
  const inputs = statement('prune', eraseInputs(names))
  const runBuckets = statement('prune', deleteBuckets(names, 'runTally'))
  const callBuckets = statement('prune', deleteBuckets(names, 'callTally'))
  const receipts = statement('prune', deleteReceipts(names))
  const log = statement('prune', deleteLog(names))
  const instances = statement('prune', deleteInstances(names))
  const holdings = statement('prune', deleteLostHoldings(names))
  const definitions = statement('prune', deleteDefinitions(names))
  const fold = createFoldDeltas(names, 'prune')

  async function logBefore(session: EntityManager, input: PruneInput, aheadMs: number): Promise<number> {
    const { scheduler, keepLogAfter, limit } = input
    if (keepLogAfter === undefined) return 0
    return (await log(session, scheduler, keepLogAfter - aheadMs, limit)).length
  }

  return async (session: EntityManager, input: PruneInput): Promise<number> => {
    const { scheduler, limit } = input
    const now = await asStoreError('prune', () => serverTime(session))
    // A clock that is ahead of the server's must not delete what is still to be kept.
    const aheadMs = Math.max(0, input.now - now)
    const before = dayOf(input.before - aheadMs).start
    const expired = await asStoreError('prune', () => findExpired(session, names, { scheduler, before }))
    const drop = (days: typeof expired) => asStoreError('prune', () => dropExpired(session, names, { scheduler, days }))
    // Everybody who writes waits from the first drop on, so the unit ends with it.
    const dropped = await drop(expired.filter(({ rows }) => rows > 0))
    const empty = expired.filter(({ rows }) => rows === 0)
    if (dropped > 0) return dropped + (await drop(empty))
    const deleted = await entries(session, scheduler, before, limit)
    const erased = await inputs(session, scheduler, (input.keepInputsAfter ?? input.before) - aheadMs, limit)
    while (!(await fold(session, scheduler, FOLD)));
    await runBuckets(session, scheduler, input.keepBucketsAfter - aheadMs)
    await callBuckets(session, scheduler, input.keepBucketsAfter - aheadMs)
    await receipts(session, scheduler, input.keepReceiptsAfter - aheadMs)
    const commands = await logBefore(session, input, aheadMs)
    await instances(session, scheduler, input.before - aheadMs)
    await holdings(session, scheduler)
    await definitions(session, scheduler, input.before - aheadMs)
    await asStoreError('prune', () => makePartitions(session, names, now))
    await drop(empty)
    return deleted.length + erased.length + commands
  }
}
