import type { PruneInput } from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { deleteBuckets } from '../sql/delete-buckets.ts'
import { deleteSettled } from '../sql/delete-settled.ts'
import { deleteInstances } from '../sql/delete-instances.ts'
import { deleteReceipts } from '../sql/delete-receipts.ts'
import type { Names } from '../sql/names.ts'
import { createFoldDeltas } from './fold-deltas.ts'
import { statement } from './statement.ts'

export function createPrune(names: Names) {
  const entries = statement('prune', deleteSettled(names))
  const runBuckets = statement('prune', deleteBuckets(names, 'runTally'))
  const callBuckets = statement('prune', deleteBuckets(names, 'callTally'))
  const receipts = statement('prune', deleteReceipts(names))
  const instances = statement('prune', deleteInstances(names))

  const fold = createFoldDeltas(names, 'prune')

  return async (session: EntityManager, input: PruneInput): Promise<number> => {
    const { scheduler, before, keepBucketsAfter, keepReceiptsAfter, limit } = input
    const deleted = await entries(session, scheduler, before, limit)
    await fold(session, scheduler)
    await runBuckets(session, scheduler, keepBucketsAfter)
    await callBuckets(session, scheduler, keepBucketsAfter)
    await receipts(session, scheduler, keepReceiptsAfter)
    await instances(session, scheduler, before)
    return deleted.length
  }
}
