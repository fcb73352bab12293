import type { Logger } from '@pm/scheduler-core'
import { createAlphaVantageProvider, createYahooProvider } from '@pm/scheduler-market-data'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import type { Market } from './market.ts'
import { openReplay } from './open-replay.ts'
import { yahooAnswers } from './probe-yahoo.ts'

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
