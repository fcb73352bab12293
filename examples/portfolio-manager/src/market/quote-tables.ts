import {
  createQuoteTables,
  type FeedName,
  type FreshnessRule,
  type QuoteTables,
  updateDueBy,
} from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { QUOTE_LAYOUT } from '../database/quote-layout.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'

export interface QuoteTablesOptions {
  readonly marketData: MarketDataKind
  readonly ruleOf: (feed: FeedName) => FreshnessRule
}

/** The tables of one kind of prices. The rule that judges a feed also says by when its next update is due. */
export function quoteTables({ marketData, ruleOf }: QuoteTablesOptions): QuoteTables<EntityManager> {
  return createQuoteTables<EntityManager>({
    query: (manager, sql, values) => manager.query(sql, [...values]),
    layout: QUOTE_LAYOUT,
    scope: marketData,
    dueBy: ({ provider, symbol, eventTime }) => updateDueBy(eventTime, 1, ruleOf({ provider, feed: symbol })),
  })
}
