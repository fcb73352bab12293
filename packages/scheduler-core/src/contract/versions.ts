import type { AdminStatusV1 } from '../status/frozen-admin-v1.ts'
import type { MarketDataStatusV1 } from '../status/frozen-market-data-v1.ts'
import type { AdminStatusV2, MarketDataStatusV2 } from './status-v2.ts'

/** The versions that a status is served in. Every other route is the same in both. */
export const STATUS_VERSIONS = ['v1', 'v2'] as const
export type StatusVersion = (typeof STATUS_VERSIONS)[number]

/** What `/status` of the admin view answers, by version. */
export interface AdminStatusOf {
  readonly v1: AdminStatusV1
  readonly v2: AdminStatusV2
}

/** What `/status` of the market-data view answers, by version. */
export interface MarketDataStatusOf {
  readonly v1: MarketDataStatusV1
  readonly v2: MarketDataStatusV2
}
