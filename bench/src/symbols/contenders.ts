import type { Quote, QuoteTables } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { type Build, loadModule } from '../lab/build.ts'
import { LAYOUT } from './lab.ts'

/** What a build knows of prices, as the sample uses it. */
export interface Prices {
  readonly marketData: typeof import('@pm/scheduler-market-data')
  readonly tables: QuoteTables<EntityManager>
  readonly venues: ReturnType<typeof import('@pm/scheduler-market-data').createVenues>
  readonly ruleOf: ReturnType<typeof import('@pm/scheduler-market-data').venueFreshness>
}

export async function openPrices(build: Build): Promise<Prices> {
  const marketData = await loadModule(build, 'marketData')
  const { createQuoteTables, createVenues, nextDueBy, venueFreshness } = marketData
  const venues = createVenues()
  const ruleOf = venueFreshness({ every: 900_000, delayMs: 900_000 })
  const tables = createQuoteTables<EntityManager>({
    query: (manager, sql, values) => manager.query(sql, [...values]),
    layout: LAYOUT,
    scope: 'live',
    dueBy: ({ symbol, eventTime, eventTimePrecision, fetchedAt, instrument }) =>
      nextDueBy({ eventAt: eventTime, eventTimePrecision, fetchedAt }, ruleOf(venues.venueOf(symbol, instrument))),
  })
  return { marketData, tables, venues, ruleOf }
}

export type Save = (manager: EntityManager, quotes: readonly Quote[]) => Promise<void>

export const OLD_STATEMENTS = 'old statements'
