export const CHART_RANGES = ['hour', 'sixHours', 'day', 'week', 'month'] as const
export type ChartRange = (typeof CHART_RANGES)[number]

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const WIDTHS: Readonly<Record<ChartRange, { readonly lengthMs: number; readonly stepMs: number }>> = {
  hour: { lengthMs: HOUR_MS, stepMs: MINUTE_MS },
  sixHours: { lengthMs: 6 * HOUR_MS, stepMs: 5 * MINUTE_MS },
  day: { lengthMs: 24 * HOUR_MS, stepMs: 15 * MINUTE_MS },
  week: { lengthMs: 7 * 24 * HOUR_MS, stepMs: HOUR_MS },
  month: { lengthMs: 30 * 24 * HOUR_MS, stepMs: 3 * HOUR_MS },
}

export interface Steps {
  readonly fromMs: number
  readonly toMs: number
  /** Whole minutes; at most 300 of them fill the range. */
  readonly stepMs: number
}

/** The steps of a range that ends with the one in which the present is. */
export function stepsOf(range: ChartRange, nowMs: number): Steps {
  const { lengthMs, stepMs } = WIDTHS[range]
  const toMs = Math.floor(nowMs / stepMs) * stepMs + stepMs
  return { fromMs: toMs - lengthMs, toMs, stepMs }
}
