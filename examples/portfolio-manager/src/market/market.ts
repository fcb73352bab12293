import type { QuoteProvider } from '@pm/scheduler-market-data'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

/** The source of prices. */
export interface Market {
  readonly kind: MarketDataKind
  /** The providers, in the order in which they are asked. */
  readonly providers: readonly QuoteProvider[]
  /** Where the replay is served, for other processes that poll; `null` when prices are live. */
  readonly replayUrl: string | null
  /** The polling interval unless one is configured. */
  readonly defaultIntervalSeconds: number
  /** Sentences that tell users what is replayed; `null` when prices are live. */
  readonly note: readonly string[] | null
  /** The available symbols; `null` when they are unknown until the provider is asked. */
  readonly symbols: readonly string[] | null
  /** Symbols that are polled beside the configured or held ones. */
  readonly made: readonly string[]
  close(): Promise<void>
}
