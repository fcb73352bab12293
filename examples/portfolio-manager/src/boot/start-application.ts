import type { Logger, Scheduler } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'
import { createTypeormSessions } from '@pm/scheduler-typeorm'

import { createAccess } from '../auth/access.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Config } from '../config/read-config.ts'
import { connectDatabase } from '../database/connect.ts'
import { createMarketScheduler } from '../market/create-market-scheduler.ts'
import { openMarket } from '../market/open-market.ts'
import { createRecalculationScheduler } from '../recalculation/create-recalculation-scheduler.ts'
import { createApp } from '../web/create-app.ts'
import { openHttpServer } from '../web/http-server.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { pollAtFirstStart } from './poll-at-first-start.ts'
import { createProgress } from './progress.ts'
import { warnOfUnknownSymbols } from './unknown-symbols.ts'

export interface Application {
  readonly url: string
  readonly intervalSeconds: number
  readonly replayNote: readonly string[] | null
  readonly startedIn: string
  /** Drains the scheduler and stops everything in reverse order. */
  stop(): Promise<void>
}

/**
 * Starts everything in order. If a step fails, stops everything that was started before.
 *
 * @throws UserError for a problem that the person who starts it can fix, or the signal's reason.
 */
export async function startApplication(options: StartOptions): Promise<Application> {
  const { config, tokens, logger, signal } = options
  await using starting = new AsyncDisposableStack()
  const progress = createProgress({ logger, signal })

  const server = await progress.step({
    name: 'port',
    work: () => openHttpServer(config),
    result: ({ url }) => `${url} is ours`,
  })
  starting.defer(() => closeWith(server.node, []))

  const database = await progress.step({
    name: 'database',
    work: () => openDatabase(config, signal),
    result: ({ description }) => description,
  })
  starting.defer(() => database.close())

  const dataSource = await progress.step({
    name: 'connection',
    work: () => connectDatabase({ url: database.url, logger }),
    result: () => 'a pool of connections with time limits',
  })
  starting.defer(() => dataSource.destroy())

  await progress.step({
    name: 'migrations',
    work: () => migrate(dataSource, config),
    result: (count) => `${count} applied`,
  })

  const market = await progress.step({
    name: 'market data',
    work: () => openMarket({ config, dataSource, logger }),
    result: ({ kind, note }) => (note === null ? 'live' : `${kind.toUpperCase()} of the past, nothing is live`),
  })
  starting.defer(() => market.close())
  warnOfUnknownSymbols({ configured: config.symbols, known: market.symbols, logger })

  const intervalSeconds = config.pollIntervalSeconds ?? market.defaultIntervalSeconds
  const sessions = createTypeormSessions(dataSource)
  const scheduler = createMarketScheduler({ config, market, intervalSeconds, sessions, logger })
  const schedulers: Scheduler[] = [scheduler]
  starting.defer(() => closeWith(server.node, schedulers))
  await progress.step({
    name: 'scheduler',
    work: () => scheduler.open(),
    result: () => `${scheduler.state}, polling every ${intervalSeconds} s`,
  })

  const recalculation = createRecalculationScheduler({
    sessions,
    marketData: market.kind,
    secrets: config.secrets,
    logger,
  })
  schedulers.push(recalculation)
  await progress.step({
    name: 'recalculation',
    work: () => recalculation.open(),
    result: () => recalculation.state,
  })

  await pollAtFirstStart({ scheduler, dataSource, marketData: market.kind, logger })

  const access = createAccess(tokens)
  const { allowedOrigins } = config
  server.serve(createApp({ scheduler, recalculation, sessions, access, market, logger, allowedOrigins }))
  const running = starting.move()
  return {
    url: server.url,
    intervalSeconds,
    replayNote: market.note,
    startedIn: progress.elapsed,
    stop: () => running.disposeAsync(),
  }
}

export interface StartOptions {
  readonly config: Config
  readonly tokens: Tokens
  readonly logger: Logger
  /** Aborting it stops the start. */
  readonly signal: AbortSignal
}
