import type { Logger, Scheduler } from '@pm/scheduler-core'
import type { DataSource } from 'typeorm'

import type { MarketDataKind } from '../portfolio/stored-quote.ts'

/**
 * Polls at once if there is no quote yet, so that the portfolio has prices before the first due time. A scheduler that
 * is paused or stopped stays so.
 */
export async function pollAtFirstStart({ scheduler, dataSource, marketData, logger }: FirstPollInput): Promise<void> {
  const [job] = scheduler.jobNames
  if (job === undefined || scheduler.state !== 'running') return
  const [quote] = await dataSource.query<object[]>('SELECT FROM quotes WHERE market_data = $1 LIMIT 1', [marketData])
  if (quote !== undefined) return
  try {
    await scheduler.runJob(job, { by: 'system', why: 'there is no quote yet' })
    logger.info({ job }, 'there is no quote yet: polling at once')
  } catch (error) {
    // Harmless: a due time may have started the poll first, and the next due time will poll in any case.
    logger.info({ job, error }, 'there is no quote yet: polling at the next due time')
  }
}

export interface FirstPollInput {
  readonly scheduler: Scheduler
  readonly dataSource: DataSource
  readonly marketData: MarketDataKind
  readonly logger: Logger
}
