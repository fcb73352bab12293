import * as z from 'zod'

import { observedState, rate, timestamp } from '../view/fields.ts'

/** `GET /api/v1/admin/scheduler/status`: frozen. It gains no field and loses none. */
export const adminStatusV1 = z.object({
  schedulerName: z.string(),
  state: observedState,
  lastRun: timestamp.nullable(),
  nextRun: timestamp.nullable(),
  total_runs: z.int().nonnegative(),
  successful_runs: z.int().nonnegative(),
  failed_runs: z.int().nonnegative(),
  symbols_processed: z.int().nonnegative(),
  success_rate: rate.nullable(),
  uptimeSeconds: z.int().nonnegative(),
})

export type AdminStatusV1 = z.infer<typeof adminStatusV1>
