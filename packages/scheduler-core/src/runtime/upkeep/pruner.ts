import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import { bucketsKeptMs, KEEP_RECEIPTS_MS } from '../../run/retention.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** How often to look for old entries. */
const PRUNE_MS = 3_600_000
const BATCH = 1_000
/** The pause between two batches, so that claims and status reads get their turn. */
const PAUSE_MS = 50

/** Deletes what is older than the retention, in small batches or whole days. Lifetime totals and running runs stay. */
export function createPruner<S extends object>(context: SchedulerContext<S>): Loop {
  const { scheduler, store, units, clock, logger } = context
  const { retentionMs, inputRetentionMs, logRetentionMs, recentWindowMs: longestWindowMs } = context.options

  async function prune(): Promise<number | Idle> {
    const now = clock.now()
    const input = {
      scheduler,
      now,
      before: now - retentionMs,
      keepInputsAfter: now - inputRetentionMs,
      keepBucketsAfter: now - bucketsKeptMs({ retentionMs, longestWindowMs }),
      keepReceiptsAfter: now - KEEP_RECEIPTS_MS,
      keepLogAfter: now - logRetentionMs,
      limit: BATCH,
    }
    const deleted = await units.run('prune', (session) => store.prune(session, input))
    if (deleted > 0) logger.debug({ deleted }, 'Old ledger entries, inputs and commands were deleted')
    return deleted >= BATCH ? PAUSE_MS : { sleepMs: PRUNE_MS }
  }
  return createLoop({ name: 'pruner', clock, logger, runOnce: prune })
}
