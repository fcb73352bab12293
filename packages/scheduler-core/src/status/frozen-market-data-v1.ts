import * as z from 'zod'

import { observedState, rate, timestamp } from '../view/fields.ts'

/** One provider: an enabled one has its rate; one that needs a key says whether it has it. */
const providerStatsV1 = z.object({
  enabled: z.boolean(),
  success_rate: rate().nullable().optional().describe('Calls with a valid answer, in percent of all calls.'),
  api_key_configured: z.boolean().optional(),
})

/** `GET /api/v1/market-data/scheduler/status`: frozen. */
export const marketDataStatusV1 = z.object({
  scheduler: z.object({
    state: observedState(),
    next_run: timestamp().nullable(),
    interval_minutes: z.number().positive().nullable().describe('Minutes from one due time to the next.'),
  }),
  recent_activity: z.object({
    total_symbols_processed: z.int().nonnegative(),
    success_rate: rate()
      .nullable()
      .describe('Runs that succeeded, in percent of those that ended in the last 24 hours.'),
    avg_response_time_ms: z.number().nonnegative().nullable().describe('Mean duration of answered provider calls.'),
  }),
  provider_stats: z.record(z.string(), providerStatsV1),
})

export type MarketDataStatusV1 = z.infer<typeof marketDataStatusV1>
