import { createScheduler, every, type Logger, type Scheduler, type SessionProvider } from '@pm/scheduler-core'
import {
  calendarHealth,
  createFeeds,
  createPollJob,
  describeProviders,
  exchangeCalendar,
} from '@pm/scheduler-market-data'
import { createTypeormStore } from '@pm/scheduler-typeorm'
import type { EntityManager } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import { withFields } from '../log/with-fields.ts'
import { freshnessRules } from './freshness-rules.ts'
import { loadFeeds } from './load-feeds.ts'
import type { Market } from './market.ts'
import { readSymbols } from './read-symbols.ts'
import { saveQuotes } from './save-quotes.ts'

/**
 * Creates the scheduler with one job, which polls the market. Each of its log lines names the kind of prices: live or
 * replay.
 */
export function createMarketScheduler(options: MarketSchedulerOptions): Scheduler {
  const { config, market, intervalSeconds, sessions, logger } = options
  const { kind, providers } = market
  const symbols = readSymbols(config.symbols)
  return createScheduler({
    name: 'market_data_scheduler',
    jobs: [
      createPollJob({
        schedule: every({ seconds: intervalSeconds }),
        symbols,
        providers,
        saveQuotes: saveQuotes(kind),
      }),
    ],
    sessions,
    store: createTypeormStore(),
    providers: describeProviders(providers),
    feeds: createFeeds({
      load: loadFeeds({ marketData: kind, symbols, firstProvider: providers[0]?.name ?? '' }),
      ruleOf: freshnessRules({ marketData: kind, intervalSeconds }),
    }),
    // The markets of the symbols that come with the sample.
    healthReasons: calendarHealth(
      (['XNYS', 'XLON', 'XETR', 'CME-ENERGY'] as const).map((code) => exchangeCalendar(code)),
    ),
    secrets: config.secrets,
    logger: withFields(logger, { marketData: kind }),
  })
}

export interface MarketSchedulerOptions {
  readonly config: Pick<Config, 'symbols' | 'secrets'>
  readonly market: Market
  readonly intervalSeconds: number
  readonly sessions: SessionProvider<EntityManager>
  readonly logger: Logger
}
