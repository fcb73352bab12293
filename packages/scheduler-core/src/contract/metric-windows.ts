import { z } from 'zod'

import { count, milliseconds, rate } from './fields.ts'

/** The metrics of one window of runs, each under its id. */
export const runMetrics = z.object({
  total_runs: count,
  successful_runs: count,
  failed_runs: count,
  cancelled_runs: count,
  partial_runs: count,
  attempts_total: count,
  skipped_runs: count,
  missed_runs: count,
  suppressed: count,
  success_rate: rate.nullable(),
  coverage_pct: rate.nullable(),
  items_processed: count,
  items_failed: count,
  items_skipped: count,
  avg_duration_ms: milliseconds.nullable(),
  avg_lateness_ms: milliseconds.nullable(),
})

/** The metrics of one window of calls to a provider. */
export const callMetrics = z.object({
  calls: count,
  failed: count,
  rate_limited: count,
  served_as_fallback: count,
  success_rate: rate.nullable(),
  avg_response_time_ms: milliseconds.nullable(),
})

/** One block of metrics for each window. `recent` is 24 h unless configured. */
export function perWindow<T extends z.ZodType>(block: T) {
  return z.object({ lifetime: block, recent: block, last_hour: block })
}

export type RunMetrics = z.infer<typeof runMetrics>
export type CallMetrics = z.infer<typeof callMetrics>
