import * as z from 'zod'

import { observedState, rate, timestamp } from '../view/fields.ts'

/** `GET /api/v1/admin/scheduler/status`: frozen. */
export const adminStatusV1 = z.object({
  schedulerName: z.string(),
  state: observedState(),
  lastRun: timestamp().nullable(),
  nextRun: timestamp().nullable(),
  total_runs: z.int().nonnegative().describe('Runs that have ended: successful_runs + failed_runs.'),
  successful_runs: z.int().nonnegative().describe('Runs that succeeded.'),
  failed_runs: z
    .int()
    .nonnegative()
    .describe('Runs that failed, timed out, were orphaned or were interrupted by a shutdown.'),
  symbols_processed: z.int().nonnegative(),
  success_rate: rate().nullable().describe('successful_runs in percent of total_runs; null before a run has ended.'),
  uptimeSeconds: z.int().nonnegative(),
})

export type AdminStatusV1 = z.infer<typeof adminStatusV1>
