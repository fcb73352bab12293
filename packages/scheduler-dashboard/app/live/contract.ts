import type { AdminChanges, AdminStatusV2, MarketDataChanges, MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

export type AdminStatus = AdminStatusV2
export type MarketDataStatus = MarketDataStatusV2

/** A problem of a job. */
export type JobCondition = AdminStatus['attention']['items'][number]['conditions'][number]

/** What a frame of a stream changed: jobs in the admin view, feeds in that of market data. */
export interface Changed {
  readonly jobs?: AdminChanges['jobs'] | undefined
  readonly feeds?: MarketDataChanges['feeds'] | undefined
}
