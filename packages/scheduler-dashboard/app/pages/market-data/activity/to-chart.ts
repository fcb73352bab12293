import type { HistoryQueryParams, HistoryView } from '@pm/scheduler-core/contract/v2'

import { toMs } from '../../../format/instants.ts'
import type { WindowId } from '../feed.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const RANGES: Readonly<Record<WindowId, { readonly spanMs: number; readonly stepMs: number }>> = {
  last_hour: { spanMs: HOUR_MS, stepMs: MINUTE_MS },
  recent: { spanMs: DAY_MS, stepMs: 15 * MINUTE_MS },
  lifetime: { spanMs: 30 * DAY_MS, stepMs: DAY_MS },
}

/** The history that is asked for: whole steps up to the last minute that is over. */
export function historyOf(window: WindowId, nowMs: number): HistoryQueryParams {
  const { spanMs, stepMs } = RANGES[window]
  const endMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  return {
    metric: 'items_processed',
    from: new Date(endMs - spanMs).toISOString(),
    to: new Date(endMs).toISOString(),
    step_ms: String(stepMs),
  }
}

export interface ChartData {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
}

export function toChart({ points }: Pick<HistoryView, 'points'>): ChartData {
  return { times: points.map(({ up_to }) => toMs(up_to) ?? 0), values: points.map(({ value }) => value) }
}
