import type { AdminStatusV1 } from '../status/frozen-admin-v1.ts'
import type { MarketDataStatusV1 } from '../status/frozen-market-data-v1.ts'
import type { AdminChanges, MarketDataChanges } from './events.ts'
import type { AdminStatusV2, Explained, MarketDataStatusV2 } from './status-v2.ts'

/** The versions of the status. Every other route is the same in both. */
export const STATUS_VERSIONS = ['v1', 'v2'] as const
export type StatusVersion = (typeof STATUS_VERSIONS)[number]

/** The response of `/status` in the admin view, by version. */
export interface AdminStatusOf {
  readonly v1: AdminStatusV1
  readonly v2: AdminStatusV2
}

/** The response of `/status` in the market-data view, by version. */
export interface MarketDataStatusOf {
  readonly v1: MarketDataStatusV1
  readonly v2: MarketDataStatusV2
}

/** The same of one that was asked for, which may explain a number. */
export interface AdminAnswerOf {
  readonly v1: AdminStatusV1
  readonly v2: Explained<AdminStatusV2>
}

export interface MarketDataAnswerOf {
  readonly v1: MarketDataStatusV1
  readonly v2: Explained<MarketDataStatusV2>
}

/** What an event tells of the jobs, by version. */
export interface AdminChangesOf {
  readonly v1: undefined
  readonly v2: AdminChanges
}

/** What an event tells of the feeds, by version. */
export interface MarketDataChangesOf {
  readonly v1: undefined
  readonly v2: MarketDataChanges
}
