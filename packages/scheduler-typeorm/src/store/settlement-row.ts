import { CALL_FACTS, type ProviderCalls, type Settlement } from '@pm/scheduler-core/store'

import { toTallyRow } from '../sql/tally-columns.ts'
import { mergeCalls } from './judge-settlements.ts'

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

function callsJson(calls: readonly ProviderCalls[]): string {
  return JSON.stringify(calls.map(({ provider, tally }) => ({ provider, ...toTallyRow(CALL_FACTS, tally) })))
}
