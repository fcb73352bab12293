import {
  createQuoteTables,
  type FreshnessRule,
  nextDueBy,
  type QuoteTables,
  type Venue,
  type Venues,
} from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { QUOTE_LAYOUT } from '../database/quote-layout.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'

export interface QuoteTablesOptions {
  readonly marketData: MarketDataKind
  readonly ruleOf: (venue: Venue) => FreshnessRule
  readonly venues: Venues
}

/** The tables of one kind of prices. The rule that judges a feed also says by when its next update is due. */
export function quoteTables({ marketData, ruleOf, venues }: QuoteTablesOptions): QuoteTables<EntityManager> {
  return createQuoteTables<EntityManager>({
    query: (manager, sql, values) => manager.query(sql, [...values]),
    layout: QUOTE_LAYOUT,
    scope: marketData,
    dueBy: ({ symbol, eventTime, eventTimePrecision, fetchedAt, instrument }) =>
      nextDueBy({ eventAt: eventTime, eventTimePrecision, fetchedAt }, ruleOf(venues.venueOf(symbol, instrument))),
  })
}
