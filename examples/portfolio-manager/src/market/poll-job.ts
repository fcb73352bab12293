import { every, type JobOptions } from '@pm/scheduler-core'
import { createPollJob, type QuoteTables, toFeedRefusals } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import type { Market } from './market.ts'
import { readSymbols } from './read-symbols.ts'

/** The name that the market's scheduler has in every process. */
export const MARKET_SCHEDULER = 'market_data_scheduler'

export interface PollJobOptions {
  readonly market: Pick<Market, 'providers' | 'made'>
  /** The configured symbols; `null` for the held ones. */
  readonly symbols: readonly string[] | null
  readonly intervalSeconds: number
  readonly tables: QuoteTables<EntityManager>
}

/** The job that polls the market, the same in the scheduler's process and in its workers. */
export function pollJob({ market, symbols, intervalSeconds, tables }: PollJobOptions): JobOptions<EntityManager> {
  return createPollJob({
    schedule: every({ seconds: intervalSeconds }),
    symbols: readSymbols({ given: symbols, made: market.made }),
    providers: market.providers,
    saveQuotes: tables.save,
    saveRefusals: (manager, poll) => tables.saveRefusals(manager, toFeedRefusals(poll)),
  })
}
