import { createScheduler, type Logger, type Scheduler, type SessionProvider } from '@pm/scheduler-core'
import type { Engine } from '@pm/scheduler-core/store'
import {
  calendarHealth,
  createFeeds,
  createVenues,
  describeProviders,
  exchangeCalendar,
} from '@pm/scheduler-market-data'
import { createTypeormStore } from '@pm/scheduler-typeorm'
import type { EntityManager } from 'typeorm'

import type { Config } from '../config/read-config.ts'
import { withFields } from '../log/with-fields.ts'
import { freshnessGroups, freshnessRules } from './freshness-rules.ts'
import type { Market } from './market.ts'
import { MARKET_SCHEDULER, pollJob } from './poll-job.ts'
import { quoteTables } from './quote-tables.ts'
import { readSymbols } from './read-symbols.ts'

/**
 * Creates the scheduler with one job, which polls the market: in this process, or in workers that an engine brings its
 * runs to. Each of its log lines names the kind of prices: live or replay.
 */
export function createMarketScheduler(options: MarketSchedulerOptions): Scheduler {
  const { config, market, intervalSeconds, sessions, engine, logger } = options
  const { kind, providers, made } = market
  const symbols = readSymbols({ given: config.symbols, made })
  const ruleOf = freshnessRules({ marketData: kind, intervalSeconds })
  const venues = createVenues()
  const tables = quoteTables({ marketData: kind, ruleOf, venues })
  const names = providers.map(({ name }) => name)
  return createScheduler({
    name: MARKET_SCHEDULER,
    jobs: [pollJob({ market, symbols: config.symbols, intervalSeconds, tables })],
    sessions,
    store: createTypeormStore(),
    ...(engine !== null && { engine }),
    providers: describeProviders(providers),
    feeds: createFeeds({
      async *load(manager: EntityManager, { signal }) {
        yield* tables.feedPages(manager, { symbols: await symbols(manager), providers: names, signal })
      },
      ruleOf,
      venues,
      groups: freshnessGroups({ marketData: kind, intervalSeconds }),
      // A poll and a page of thousands of feeds share this process, and perhaps a busy machine.
      ...(made.length > 0 && { timeoutMs: 3_000 }),
    }),
    // The markets of the symbols that come with the sample.
    healthReasons: calendarHealth(
      (['XNAS', 'XNYS', 'XLON', 'CME-ENERGY'] as const).map((code) => exchangeCalendar(code)),
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
  /** Carries the polls to workers; `null` when they run in this process. */
  readonly engine: Engine<EntityManager> | null
  readonly logger: Logger
}
