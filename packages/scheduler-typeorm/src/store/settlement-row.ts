import type { Settlement } from '@pm/scheduler-core/store'

import type { Cells } from '../sql/rowset.ts'
import type { SETTLEMENT_SHAPE } from '../sql/settle-runs.ts'
import { mergeCalls } from './judge-settlements.ts'
import { callsJson } from './stored-calls.ts'

/** An outcome as it is stored. */
export const SETTLEMENT_CELLS: Cells<typeof SETTLEMENT_SHAPE, Settlement> = {
  id: ({ runId }) => runId,
  fence: ({ fence }) => fence,
  state: ({ state }) => state,
  settled_at: ({ settledAt }) => settledAt,
  attempt: ({ attempt }) => attempt,
  duration_ms: ({ durationMs }) => durationMs,
  items_processed: ({ items }) => items.processed,
  items_failed: ({ items }) => items.failed,
  items_skipped: ({ items }) => items.skipped,
  progress_done: ({ progress }) => progress?.done ?? null,
  progress_total: ({ progress }) => progress?.total ?? null,
  progress_at: ({ progress }) => progress?.at ?? null,
  error_code: ({ error }) => error?.code ?? null,
  error_name: ({ error }) => error?.name ?? null,
  error_message: ({ error }) => error?.message ?? null,
  calls: ({ calls }) => (calls.length === 0 ? null : callsJson(mergeCalls(calls))),
}
