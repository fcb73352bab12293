import * as z from 'zod'

import type { Declared } from '../ports/declared.ts'
import { type AdminStatusV2, adminStatusViewV2 } from '../status/admin-status-v2.ts'
import { type MarketDataStatusV2, marketDataStatusViewV2 } from '../status/market-data-status-v2.ts'

const many = z.literal('many')

const jobs = z
  .union([z.array(z.string()), many])
  .describe('The jobs that have changed, at most 50. Many: more than that, or several commands since the event before.')
const feeds = z
  .union([z.array(z.object({ provider: z.string(), feed: z.string() })), many])
  .describe('The feeds that have changed, at most 50; else many.')

/** The data of an event of `GET /events` in version 2 of the admin view. */
export const adminEventV2: z.ZodType<AdminEventV2> = adminEvent(adminStatusViewV2.schema)

/** The data of an event of `GET /events` in version 2 of the market-data view. */
export const marketDataEventV2: z.ZodType<MarketDataEventV2> = marketDataEvent(marketDataStatusViewV2.schema)

/** The same for a host whose sources declare exactly this. */
export function adminEventV2For(declared: Declared): z.ZodType<AdminEventV2> {
  return adminEvent(adminStatusViewV2.schemaFor(declared))
}

/** The same for a host whose sources declare exactly this. */
export function marketDataEventV2For(declared: Declared): z.ZodType<MarketDataEventV2> {
  return marketDataEvent(marketDataStatusViewV2.schemaFor(declared))
}

function adminEvent(status: z.ZodType<AdminStatusV2>): z.ZodType<AdminEventV2> {
  return z.looseObject({ status, changed: z.looseObject({ jobs }) })
}

function marketDataEvent(status: z.ZodType<MarketDataStatusV2>): z.ZodType<MarketDataEventV2> {
  return z.looseObject({ status, changed: z.looseObject({ feeds }) })
}

export interface AdminEventV2 {
  readonly status: AdminStatusV2
  /** What has changed since the event before. */
  readonly changed: AdminChanges
}

export interface MarketDataEventV2 {
  readonly status: MarketDataStatusV2
  /** What has changed since the event before. */
  readonly changed: MarketDataChanges
}

export interface AdminChanges {
  /** Their names, at most 50. `many` for more, in the first event of a connection, and after events that were missed. */
  readonly jobs: readonly string[] | 'many'
}

export interface MarketDataChanges {
  /** At most 50. `many` for more, in the first event of a connection, and after events that were missed. */
  readonly feeds: readonly ChangedFeed[] | 'many'
}

export interface ChangedFeed {
  readonly provider: string
  readonly feed: string
}

export type Changes = AdminChanges | MarketDataChanges
