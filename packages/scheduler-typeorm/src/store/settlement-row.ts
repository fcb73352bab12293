import type { Settlement } from '@pm/scheduler-core/store'

import type { Cells } from '../sql/rowset.ts'
import type { SETTLEMENT_SHAPE } from '../sql/settle-runs.ts'
import { ATTEMPT_CELLS } from './attempt-cells.ts'
import { mergeCalls } from './judge-settlements.ts'
import { callsJson } from './stored-calls.ts'

/** An outcome as it is stored. */
export const SETTLEMENT_CELLS: Cells<typeof SETTLEMENT_SHAPE, Settlement> = {
  ...ATTEMPT_CELLS,
  id: ({ runId }) => runId,
  fence: ({ fence }) => fence,
  state: ({ state }) => state,
  settled_at: ({ settledAt }) => settledAt,
  duration_ms: ({ durationMs }) => durationMs,
  items_processed: ({ items }) => items.processed,
  items_failed: ({ items }) => items.failed,
  items_skipped: ({ items }) => items.skipped,
  calls: ({ calls }) => (calls.length === 0 ? null : callsJson(mergeCalls(calls))),
}
