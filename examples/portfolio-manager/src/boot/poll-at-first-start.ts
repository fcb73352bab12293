import { isSchedulerError, type Logger, type Scheduler } from '@pm/scheduler-core'
import type { DataSource } from 'typeorm'

import { type MarketDataKind, StoredQuoteEntity } from '../portfolio/stored-quote.ts'

/**
 * Polls at once where there is no quote yet, so that nobody looks at an empty portfolio until the first due time. A
 * scheduler that was paused or stopped stays so.
 */
export async function pollAtFirstStart({ scheduler, dataSource, marketData, logger }: FirstPollInput): Promise<void> {
  const [job] = scheduler.jobNames
  if (job === undefined || scheduler.state !== 'running') return
  if (await dataSource.getRepository(StoredQuoteEntity).existsBy({ marketData })) return
  try {
    await scheduler.runJob(job, { by: 'system', why: 'there is no quote yet' })
  } catch (error) {
    // A due time that came first does as well.
    if (!isSchedulerError(error, 'JOB_ALREADY_RUNNING')) throw error
  }
  logger.info({ job }, 'there is no quote yet: polling at once')
}

export interface FirstPollInput {
  readonly scheduler: Scheduler
  readonly dataSource: DataSource
  readonly marketData: MarketDataKind
  readonly logger: Logger
}
