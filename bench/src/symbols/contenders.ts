import {
  createQuoteTables,
  createVenues,
  nextDueBy,
  type Quote,
  type QuoteTables,
  venueFreshness,
} from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import { saveBefore } from './before.ts'
import { insertInBulk } from './bulk-insert.ts'
import { LAYOUT } from './lab.ts'

export const venues = createVenues()
export const ruleOf = venueFreshness({ every: 900_000, delayMs: 900_000 })

/** The library's tables as the sample uses them. */
export const tables: QuoteTables<EntityManager> = createQuoteTables<EntityManager>({
  query: (manager, sql, values) => manager.query(sql, [...values]),
  layout: LAYOUT,
  scope: 'live',
  dueBy: ({ symbol, eventTime, eventTimePrecision, fetchedAt, instrument }) =>
    nextDueBy({ eventAt: eventTime, eventTimePrecision, fetchedAt }, ruleOf(venues.venueOf(symbol, instrument))),
})

export type Save = (manager: EntityManager, quotes: readonly Quote[]) => Promise<void>

export const SAVES: Readonly<Record<'ours' | 'before' | 'bulk', Save>> = {
  ours: tables.save,
  before: saveBefore,
  bulk: insertInBulk,
}
