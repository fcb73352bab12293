import type { Logger } from '@pm/scheduler-core'
import {
  createAlphaVantageProvider,
  createSqlQuotaLedger,
  createYahooProvider,
  type QuotaLedger,
} from '@pm/scheduler-market-data'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import type { DataSource } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import type { Market } from './market.ts'
import { openReplay } from './open-replay.ts'
import { yahooAnswers } from './probe-yahoo.ts'

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
  const live = { alphaVantageApiKey, quotaLedger: quotaLedgerIn(dataSource) }
  if (marketData === 'live') return liveMarket(live)
  if (marketData === 'auto') {
    const answer = await yahooAnswers()
    if (answer.kind === 'quote') return liveMarket(live)
    logger.warn({ code: answer.code }, 'Yahoo Finance does not answer: prices of the past are replayed instead')
  }
  return openReplay({ alphaVantageApiKey, dataSource, madeSymbols })
}

export interface OpenMarketOptions {
  readonly config: Pick<Config, 'marketData' | 'madeSymbols' | 'alphaVantageApiKey'>
  readonly dataSource: DataSource
  readonly logger: Logger
}

/** The ledger of the real quota. A replay does not use it. */
function quotaLedgerIn(dataSource: DataSource): QuotaLedger {
  const sessions = createTypeormSessions(dataSource)
  return createSqlQuotaLedger({ sessions, query: (manager, sql, values) => manager.query(sql, [...values]) })
}

interface LiveMarketOptions {
  readonly alphaVantageApiKey: string | null
  readonly quotaLedger: QuotaLedger
}

function liveMarket({ alphaVantageApiKey, quotaLedger }: LiveMarketOptions): Market {
  return {
    kind: 'live',
    providers: [
      createYahooProvider(),
      createAlphaVantageProvider({ apiKey: alphaVantageApiKey ?? undefined, quotaLedger }),
    ],
    defaultIntervalSeconds: 900,
    note: null,
    symbols: null,
    made: [],
    async close() {},
  }
}
