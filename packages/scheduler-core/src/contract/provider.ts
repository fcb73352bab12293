import type * as z from 'zod'

import { type ProviderListView, providersView } from '../status/providers-view.ts'

/** `GET /providers`: every external source of data, from one snapshot; made of the view's own bindings. */
export const providerList: z.ZodType<ProviderListView> = providersView.schema

/** One external source of data. `api_key_configured` is `null` when it needs no key. */
export type ProviderView = ProviderListView['items'][number]

export type { ProviderListView }
