import type * as z from 'zod'

import { type FreshnessView, freshnessView } from '../status/freshness-view.ts'

/** `GET /freshness`: every feed and how fresh it is, from one snapshot. */
export const freshness: z.ZodType<FreshnessView> = freshnessView.schema

export type { FreshnessView }
