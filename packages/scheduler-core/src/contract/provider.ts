import type * as z from 'zod'

import { type ProviderListView, providersView } from '../status/providers-view.ts'

/** `GET /providers`: every external source of data, from one snapshot. */
export const providerList: z.ZodType<ProviderListView> = providersView.schema

export type { ProviderView } from '../status/shapes.ts'
export type { ProviderListView }
