import type { Logger } from '@pm/scheduler-core'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import type { Market } from './market.ts'
import { openReplay } from './open-replay.ts'
import { yahooAnswers } from './probe-yahoo.ts'
import { createProviders } from './providers.ts'

/**
 * Opens the market with live or replayed prices, as configured. `auto` uses live prices if Yahoo answers within a few
 * seconds.
 */
export async function openMarket({ config, dataSource, logger }: OpenMarketOptions): Promise<Market> {
  const market = await chooseMarket({ config, dataSource, logger })
  for (const provider of market.providers) await provider.refreshLimits?.()
  return market
}

async function chooseMarket({ config, dataSource, logger }: OpenMarketOptions): Promise<Market> {
  const { marketData, madeSymbols, alphaVantageApiKey } = config
  if (marketData === 'live') return liveMarket({ alphaVantageApiKey, dataSource })
  if (marketData === 'auto') {
    const answer = await yahooAnswers()
    if (answer.kind === 'quote') return liveMarket({ alphaVantageApiKey, dataSource })
    logger.warn({ code: answer.code }, 'Yahoo Finance does not answer: prices of the past are replayed instead')
  }
  return openReplay({ alphaVantageApiKey, dataSource, madeSymbols })
}

export interface OpenMarketOptions {
  readonly config: Pick<Config, 'marketData' | 'madeSymbols' | 'alphaVantageApiKey'>
  readonly dataSource: DataSource
  readonly logger: Logger
}

interface LiveMarketOptions {
  readonly alphaVantageApiKey: string | null
  readonly dataSource: DataSource
}

function liveMarket(options: LiveMarketOptions): Market {
  return {
    kind: 'live',
    providers: createProviders({ ...options, replayUrl: null }),
    replayUrl: null,
    defaultIntervalSeconds: 900,
    note: null,
    symbols: null,
    made: [],
    async close() {},
  }
}
