import type { Logger } from '@pm/scheduler-core'

import type { Config } from '../config/read-config.ts'
import type { Market } from '../market/market.ts'
import { startWorkers } from '../workers/start-workers.ts'
import type { Progress } from './progress.ts'

/**
 * Starts the configured workers; none where this process runs everything itself. They are stopped with `starting`.
 *
 * @throws UserError when one does not start, or the signal's reason.
 */
export async function openWorkers(options: OpenWorkersOptions): Promise<void> {
  const { progress, starting, config, market, databaseUrl, intervalSeconds, logger } = options
  const { workers: count, symbols, alphaVantageApiKey, logFormat, secrets } = config
  if (count === 0) return
  const orders = {
    databaseUrl,
    marketData: market.kind,
    replayUrl: market.replayUrl,
    made: market.made,
    intervalSeconds,
    config: { symbols, alphaVantageApiKey, logFormat, secrets },
  }
  const workers = await progress.step({
    name: 'workers',
    work: () => startWorkers({ count, orders, logger }),
    result: () => (count === 1 ? 'one process runs the polls' : `${count} processes run the polls`),
  })
  starting.defer(() => workers.stop())
}

export interface OpenWorkersOptions {
  readonly progress: Progress
  readonly starting: AsyncDisposableStack
  readonly config: Pick<Config, 'workers' | 'symbols' | 'alphaVantageApiKey' | 'logFormat' | 'secrets'>
  readonly market: Market
  /** The address that the application runs with. */
  readonly databaseUrl: string
  readonly intervalSeconds: number
  readonly logger: Logger
}
