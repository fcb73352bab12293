import type { EntityManager } from 'typeorm'

import type { Prices } from './contenders.ts'

export interface FreshnessInput {
  readonly manager: EntityManager
  readonly prices: Prices
  readonly symbols: readonly string[]
  readonly asOf: number
}

/** The feeds of these symbols, as a scheduler reads them. */
export function feedsOf({ marketData, tables, ruleOf, venues }: Prices, symbols: readonly string[]) {
  return marketData.createFeeds<EntityManager>({
    load: (manager, { signal }) => tables.feedPages(manager, { symbols, providers: ['yahoo_finance'], signal }),
    ruleOf,
    venues,
    timeoutMs: 5_000,
  })
}

/** Reads and judges all feeds, page by page. Returns how many are fresh. */
export async function readFreshness({ manager, prices, symbols, asOf }: FreshnessInput): Promise<number> {
  const { read, judge } = feedsOf(prices, symbols)
  const pages = await read(manager, { asOf, signal: new AbortController().signal })
  let fresh = 0
  const count = (page: Iterable<Parameters<typeof judge>[0]>) => {
    for (const feed of page) if (judge(feed, asOf).status === 'fresh') fresh++
  }
  if (Symbol.asyncIterator in pages) for await (const page of pages) count(page)
  else count(pages)
  return fresh
}

/** What a host pays that reads the rows and does nothing with them. */
export async function readRows({ manager, symbols }: FreshnessInput): Promise<number> {
  const rows = await manager.query<unknown[]>("SELECT * FROM feeds WHERE market_data = 'live' AND symbol = ANY ($1)", [
    symbols,
  ])
  return rows.length
}
