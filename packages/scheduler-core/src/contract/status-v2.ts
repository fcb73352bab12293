import * as z from 'zod'

import type { Declared } from '../ports/declared.ts'
import { type AdminStatusV2, adminStatusViewV2 } from '../status/admin-status-v2.ts'
import { type MarketDataStatusV2, marketDataStatusViewV2 } from '../status/market-data-status-v2.ts'
import { type MetricExplanationView, metricExplanation } from '../view/metric-explanation.ts'

/** `GET /api/v2/admin/scheduler/status` */
export const adminStatusV2: z.ZodType<Explained<AdminStatusV2>> = explained(adminStatusViewV2.schema)

/** `GET /api/v2/market-data/scheduler/status` */
export const marketDataStatusV2: z.ZodType<Explained<MarketDataStatusV2>> = explained(marketDataStatusViewV2.schema)

/** A status of version 2 as served: `?explain=<id>` also explains that number. */
export type Explained<T> = T & { readonly explain?: MetricExplanationView | undefined }

export type { AdminStatusV2, MarketDataStatusV2 }

/** The same for a host whose sources declare exactly this. */
export function adminStatusV2For(declared: Declared): z.ZodType<Explained<AdminStatusV2>> {
  return explained(adminStatusViewV2.schemaFor(declared))
}

/** The same for a host whose sources declare exactly this. */
export function marketDataStatusV2For(declared: Declared): z.ZodType<Explained<MarketDataStatusV2>> {
  return explained(marketDataStatusViewV2.schemaFor(declared))
}

function explained<T>(schema: z.ZodType<T>): z.ZodType<Explained<T>> {
  return schema.and(z.looseObject({ explain: metricExplanation.optional() })) as z.ZodType<Explained<T>>
}
