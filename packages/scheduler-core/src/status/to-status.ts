import type { SchedulerSnapshot, SnapshotReading } from '../reading/snapshot.ts'
import { adminStatusViewV1 } from './admin-status-v1.ts'
import { type AdminStatusV2, adminStatusViewV2 } from './admin-status-v2.ts'
import type { AdminStatusV1 } from './frozen-admin-v1.ts'
import type { MarketDataStatusV1 } from './frozen-market-data-v1.ts'
import { marketDataStatusViewV1 } from './market-data-status-v1.ts'
import { type MarketDataStatusV2, marketDataStatusViewV2 } from './market-data-status-v2.ts'

export interface StatusOptions {
  /** The value of a rate where nothing was counted (default `null`); 0 is for clients that cannot take `null`. */
  readonly emptyRate?: null | 0
}

/** The admin view, version 1: lifetime counts over all jobs. Pure. */
export function toAdminStatus(snapshot: SchedulerSnapshot, options?: StatusOptions): AdminStatusV1 {
  return adminStatusViewV1.project(freshReading(snapshot), options)
}

/** The market-data view, version 1: the recent window, and each provider by itself. Pure; carries no error text. */
export function toMarketDataStatus(snapshot: SchedulerSnapshot, options?: StatusOptions): MarketDataStatusV1 {
  return marketDataStatusViewV1.project(freshReading(snapshot), options)
}

/** The admin view, version 2: everything that operations look at. Pure. */
export function toAdminStatusV2(reading: SnapshotReading): AdminStatusV2 {
  return adminStatusViewV2.project(reading)
}

/** The market-data view, version 2: providers and feeds. Pure; carries codes and never an error's text, a host or a key. */
export function toMarketDataStatusV2(reading: SnapshotReading): MarketDataStatusV2 {
  return marketDataStatusViewV2.project(reading)
}

function freshReading(snapshot: SchedulerSnapshot): SnapshotReading {
  return { snapshot, stale: false, ageMs: 0 }
}
