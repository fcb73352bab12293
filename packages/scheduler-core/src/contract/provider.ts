import { z } from 'zod'

import { timestamp } from './fields.ts'
import { callMetrics, perWindow } from './metric-windows.ts'

/** One external source of data. `api_key_configured` is `null` when it needs no key. */
export const provider = z.object({
  name: z.string(),
  enabled: z.boolean(),
  api_key_configured: z.boolean().nullable(),
  last_success_at: timestamp.nullable(),
  windows: perWindow(callMetrics),
})

/** `GET /providers`: every provider, from one snapshot. */
export const providerList = z.object({
  snapshot_id: z.string(),
  as_of: timestamp,
  stale: z.boolean(),
  items: z.array(provider),
})

export type ProviderView = z.infer<typeof provider>
export type ProviderListView = z.infer<typeof providerList>
