import {
  createScheduler,
  every,
  type Logger,
  type RunContext,
  type Scheduler,
  type SessionProvider,
} from '@pm/scheduler-core'
import { createTypeormStore } from '@pm/scheduler-typeorm'
import type { EntityManager } from 'typeorm'

import { readPositions } from '../portfolio/read-positions.ts'
import type { MarketDataKind } from '../portfolio/stored-quote.ts'
import { valuePortfolio } from '../portfolio/value-portfolio.ts'

export const RECALCULATION = 'recalculate-portfolio'
export const KEEP_TABLES = 'keep-tables'

/**
 * A second scheduler on the same database and pool: every minute it values the portfolio and logs the totals, and once a day
 * it lets the owner of the tables make the partitions of the days to come, where its own role may not.
 */
export function createRecalculationScheduler(options: RecalculationOptions): Scheduler {
  const { sessions, marketData, secrets, logger, keepTables } = options
  async function recalculate(ctx: RunContext<EntityManager>): Promise<void> {
    const held = await ctx.withSession((session) => readPositions(session, marketData), { readOnly: true })
    const { positions, totals } = valuePortfolio(held, new Date())
    const priced = positions.filter(({ value }) => value !== null).length
    ctx.report({ processed: priced, skipped: positions.length - priced })
    logger.info({ totals }, 'the portfolio was valued')
  }
  return createScheduler({
    name: 'portfolio_scheduler',
    jobs: [
      { name: RECALCULATION, schedule: every({ minutes: 1 }), handler: recalculate },
      ...(keepTables === null ? [] : [{ name: KEEP_TABLES, schedule: every({ days: 1 }), handler: keep(keepTables) }]),
    ],
    sessions,
    store: createTypeormStore(),
    secrets,
    logger,
  })
}

function keep(tables: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    await tables()
  }
}

export interface RecalculationOptions {
  readonly sessions: SessionProvider<EntityManager>
  readonly marketData: MarketDataKind
  readonly secrets: readonly string[]
  readonly logger: Logger
  /** Prepares the tables as their owner; `null` where the scheduler's own role owns them. */
  readonly keepTables: (() => Promise<unknown>) | null
}
