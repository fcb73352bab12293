import type { Logger } from '@pm/scheduler-core'
import { createAlphaVantageProvider, createYahooProvider, type QuoteProvider } from '@pm/scheduler-market-data'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'
import { openReplay } from './open-replay.ts'
import { yahooAnswers } from './probe-yahoo.ts'

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

/** Live prices or replayed ones, as configured; with `auto`, live ones where Yahoo answers within a few seconds. */
export async function openMarket({ config, dataSource, logger }: OpenMarketOptions): Promise<Market> {
  const { marketData, alphaVantageApiKey } = config
  if (marketData === 'live') return liveMarket(alphaVantageApiKey)
  if (marketData === 'auto') {
    const answer = await yahooAnswers()
    if (answer.kind === 'quote') return liveMarket(alphaVantageApiKey)
    logger.warn({ code: answer.code }, 'Yahoo Finance does not answer: prices of the past are replayed instead')
  }
  return openReplay({ alphaVantageApiKey, dataSource })
}

export interface OpenMarketOptions {
  readonly config: Pick<Config, 'marketData' | 'alphaVantageApiKey'>
  readonly dataSource: DataSource
  readonly logger: Logger
}

function liveMarket(alphaVantageApiKey: string | null): Market {
  return {
    kind: 'live',
    providers: [createYahooProvider(), createAlphaVantageProvider({ apiKey: alphaVantageApiKey ?? undefined })],
    defaultIntervalSeconds: 900,
    note: null,
    symbols: null,
    async close() {},
  }
}
