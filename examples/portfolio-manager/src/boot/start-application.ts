import type { Logger, Scheduler } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'
import { createTypeormSessions } from '@pm/scheduler-typeorm'

import { createAccess, createLimits } from '../auth/access.ts'
import type { Account } from '../auth/accounts.ts'
import { createLogins } from '../auth/logins.ts'
import { createSqlTokenStore } from '../auth/token-store.ts'
import type { Config } from '../config/read-config.ts'
import type { RolePasswords } from '../database/roles.ts'
import { createMarketScheduler } from '../market/create-market-scheduler.ts'
import { openMarket } from '../market/open-market.ts'
import { createValuation } from '../portfolio/create-valuation.ts'
import { feedStatuses } from '../portfolio/feed-statuses.ts'
import { openRates } from '../rates/open-rates.ts'
import { createRecalculationScheduler } from '../recalculation/create-recalculation-scheduler.ts'
import { createApp } from '../web/create-app.ts'
import { openHttpServer } from '../web/http-server.ts'
import { createQueueEngine } from '../workers/queue-engine.ts'
import { makeLoginLinks } from './login-links.ts'
import { openPool } from './open-pool.ts'
import { openWorkers } from './open-workers.ts'
import { pollAtFirstStart } from './poll-at-first-start.ts'
import { createProgress } from './progress.ts'
import { warnOfUnknownSymbols } from './unknown-symbols.ts'

export interface Application {
  readonly url: string
  readonly intervalSeconds: number
  readonly replayNote: readonly string[] | null
  readonly startedIn: string
  /** A login link for each account with a random token, by the account's name. */
  readonly loginLinks: Readonly<Record<string, string>>
  /** Drains the scheduler and stops everything in reverse order. */
  stop(): Promise<void>
}

/**
 * Starts everything in order. If a step fails, stops everything that was started before.
 *
 * @throws UserError for a problem that the person who starts it can fix, or the signal's reason.
 */
export async function startApplication(options: StartOptions): Promise<Application> {
  const { accounts, passwords, secrets, logger, signal } = options
  const config = { ...options.config, secrets }
  await using starting = new AsyncDisposableStack()
  const progress = createProgress({ logger, signal })

  const server = await progress.step({
    name: 'port',
    work: () => openHttpServer(config),
    result: ({ url }) => `${url} is ours`,
  })
  starting.defer(() => closeWith(server.node, []))

  const {
    dataSource,
    url: databaseUrl,
    keepTables,
  } = await openPool({ progress, starting, config, passwords, logger, signal })
  const market = await progress.step({
    name: 'market data',
    work: () => openMarket({ config, dataSource, logger }),
    result: ({ kind, note }) => (note === null ? 'live' : `${kind.toUpperCase()} of the past, nothing is live`),
  })
  starting.defer(() => market.close())
  warnOfUnknownSymbols({ configured: config.symbols, known: market.symbols, logger })

  const rates = await openRates(market.kind, logger)
  starting.defer(() => rates.close())

  const intervalSeconds = config.pollIntervalSeconds ?? market.defaultIntervalSeconds
  const sessions = createTypeormSessions(dataSource)
  const engine = config.workers === 0 ? null : createQueueEngine(databaseUrl)
  const scheduler = createMarketScheduler({ config, market, intervalSeconds, sessions, engine, logger })
  const schedulers: Scheduler[] = [scheduler]
  starting.defer(() => closeWith(server.node, schedulers))
  await progress.step({
    name: 'scheduler',
    work: () => scheduler.open(),
    result: () => `${scheduler.state}, polling every ${intervalSeconds} s`,
  })
  await openWorkers({ progress, starting, config, market, databaseUrl, intervalSeconds, logger })

  const { baseCurrency } = config
  const statuses = feedStatuses(scheduler)
  const valuation = createValuation({ sessions, marketData: market.kind, baseCurrency, rates, statuses })
  const recalculation = createRecalculationScheduler({
    sessions,
    valuation,
    secrets,
    logger,
    keepTables,
  })
  schedulers.push(recalculation)
  await progress.step({
    name: 'recalculation',
    work: () => recalculation.open(),
    result: () => recalculation.state,
  })

  await pollAtFirstStart({ scheduler, dataSource, marketData: market.kind, logger })

  const logins = createLogins({ accounts, store: createSqlTokenStore(sessions) })
  const access = createAccess({ accounts, logins, ...createLimits() })
  const { allowedOrigins, trustProxy } = config
  server.serve(createApp({ scheduler, recalculation, valuation, access, market, logger, allowedOrigins, trustProxy }))
  const loginLinks = await makeLoginLinks({ accounts, logins, url: server.url })
  const running = starting.move()
  return {
    url: server.url,
    intervalSeconds,
    replayNote: market.note,
    startedIn: progress.elapsed,
    loginLinks,
    stop: () => running.disposeAsync(),
  }
}

export interface StartOptions {
  readonly config: Config
  readonly accounts: readonly Account[]
  readonly passwords: RolePasswords
  /** Every text that must not appear in logs or stored errors, those of this start included. */
  readonly secrets: readonly string[]
  readonly logger: Logger
  /** Aborting it stops the start. */
  readonly signal: AbortSignal
}
