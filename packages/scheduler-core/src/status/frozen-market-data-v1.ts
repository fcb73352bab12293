import * as z from 'zod'

import { observedState, rate, timestamp } from '../view/fields.ts'

/** One provider: an enabled one has its rate; one that needs a key says whether it has it. */
const providerStatsV1 = z.object({
  enabled: z.boolean(),
  success_rate: rate.nullable().optional(),
  api_key_configured: z.boolean().optional(),
})

/** `GET /api/v1/market-data/scheduler/status`: frozen. It gains no field and loses none. */
export const marketDataStatusV1 = z.object({
  scheduler: z.object({
    state: observedState,
    next_run: timestamp.nullable(),
    interval_minutes: z.number().positive().nullable(),
  }),
  recent_activity: z.object({
    total_symbols_processed: z.int().nonnegative(),
    success_rate: rate.nullable(),
    avg_response_time_ms: z.number().nonnegative().nullable(),
  }),
  provider_stats: z.record(z.string(), providerStatsV1),
})

export type MarketDataStatusV1 = z.infer<typeof marketDataStatusV1>
