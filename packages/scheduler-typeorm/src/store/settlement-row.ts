import type { Settlement } from '@pm/scheduler-core/store'

import { mergeCalls } from './judge-settlements.ts'
import { callsJson } from './stored-calls.ts'

/** An outcome as it is stored. */
export function settlementRow({ runId, fence, state, settledAt, attempt, durationMs, ...rest }: Settlement) {
  const { items, progress, error, calls } = rest
  return {
    id: runId,
    fence,
    state,
    settled_at: settledAt,
    attempt,
    duration_ms: durationMs,
    items_processed: items.processed,
    items_failed: items.failed,
    items_skipped: items.skipped,
    progress_done: progress?.done ?? null,
    progress_total: progress?.total ?? null,
    progress_at: progress?.at ?? null,
    error_code: error?.code ?? null,
    error_name: error?.name ?? null,
    error_message: error?.message ?? null,
    calls: calls.length === 0 ? null : callsJson(mergeCalls(calls)),
  }
}
