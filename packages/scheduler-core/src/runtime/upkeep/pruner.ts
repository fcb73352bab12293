import type { Clock } from '../../clock.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Store } from '../../ports/store.ts'
import { bucketsKeptMs, KEEP_RECEIPTS_MS } from '../../run/retention.ts'
import type { Units } from '../../session/units.ts'

export interface PrunerOptions<S> {
  readonly scheduler: string
  readonly retentionMs: number
  /** The longest window of a snapshot: the aggregates behind it stay. */
  readonly longestWindowMs: number
  readonly pruneMs: number
  readonly store: Store<S>
  readonly units: Units<S>
  readonly clock: Clock
  readonly logger: Logger
}

const BATCH = 1_000
/** Between two batches, so that claims and status reads get their turn. */
const PAUSE_MS = 50

/** Deletes what is older than the retention, in small batches. Lifetime totals and running runs stay. */
export function createPruner<S>(options: PrunerOptions<S>): Loop {
  const { scheduler, retentionMs, longestWindowMs, pruneMs, store, units, clock, logger } = options

  async function prune(): Promise<number> {
    const now = clock.now()
    const input = {
      scheduler,
      before: now - retentionMs,
      keepBucketsAfter: now - bucketsKeptMs({ retentionMs, longestWindowMs }),
      keepReceiptsAfter: now - KEEP_RECEIPTS_MS,
      limit: BATCH,
    }
    const deleted = await units.run('prune', (session) => store.prune(session, input))
    if (deleted > 0) logger.debug({ deleted }, 'Old ledger entries were deleted')
    return deleted === BATCH ? PAUSE_MS : pruneMs
  }
  return createLoop({ name: 'pruner', clock, logger, runOnce: prune })
}
