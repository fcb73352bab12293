import { createWorker, type Logger } from '@pm/scheduler-core'
import { createVenues } from '@pm/scheduler-market-data'
import { createTypeormSessions, createTypeormStore } from '@pm/scheduler-typeorm'

import { connectDatabase } from '../database/connect.ts'
import { withFields } from '../log/with-fields.ts'
import { freshnessRules } from '../market/freshness-rules.ts'
import { MARKET_SCHEDULER, pollJob } from '../market/poll-job.ts'
import { createProviders } from '../market/providers.ts'
import { quoteTables } from '../market/quote-tables.ts'
import { createQueueEngine } from './queue-engine.ts'
import type { WorkerOrders } from './worker-orders.ts'

/** Connects to the database and runs what the queue brings. The answer drains and closes everything. */
export async function openWorker(orders: WorkerOrders, logger: Logger): Promise<() => Promise<void>> {
  const { config, databaseUrl, marketData, replayUrl, made, intervalSeconds } = orders
  await using opening = new AsyncDisposableStack()
  const dataSource = await connectDatabase({ url: databaseUrl, logger })
  opening.defer(() => dataSource.destroy())
  const providers = createProviders({ replayUrl, alphaVantageApiKey: config.alphaVantageApiKey, dataSource })
  for (const provider of providers) await provider.refreshLimits?.()
  const ruleOf = freshnessRules({ marketData, intervalSeconds })
  const tables = quoteTables({ marketData, ruleOf, venues: createVenues() })
  const worker = createWorker({
    name: MARKET_SCHEDULER,
    jobs: [pollJob({ market: { providers, made }, symbols: config.symbols, intervalSeconds, tables })],
    sessions: createTypeormSessions(dataSource),
    store: createTypeormStore(),
    engine: createQueueEngine(databaseUrl),
    secrets: config.secrets,
    logger: withFields(logger, { marketData }),
  })
  opening.defer(async () => void (await worker.close()))
  await worker.open()
  const running = opening.move()
  return () => running.disposeAsync()
}
