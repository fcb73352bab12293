import type { Logger, Scheduler } from '@pm/scheduler-core'
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
    logger.info({ job }, 'there is no quote yet: polling at once')
  } catch (error) {
    // A due time that came first does as well, and there will be another one in any case.
    logger.info({ job, error }, 'there is no quote yet: polling at the next due time')
  }
}

export interface FirstPollInput {
  readonly scheduler: Scheduler
  readonly dataSource: DataSource
  readonly marketData: MarketDataKind
  readonly logger: Logger
}
