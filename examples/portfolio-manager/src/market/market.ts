import type { QuoteProvider } from '@pm/scheduler-market-data'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

/** Where prices come from. */
export interface Market {
  readonly kind: MarketDataKind
  /** In the order in which they are asked. */
  readonly providers: readonly QuoteProvider[]
  /** How often to poll when nobody says otherwise. */
  readonly defaultIntervalSeconds: number
  /** What is replayed, in sentences for everybody who looks; `null` when prices are live. */
  readonly note: readonly string[] | null
  /** Which symbols there are; `null` when only asking tells. */
  readonly symbols: readonly string[] | null
  close(): Promise<void>
}
