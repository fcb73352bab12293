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

import type { Valuation } from '../portfolio/create-valuation.ts'
import { readPositions } from '../portfolio/read-positions.ts'

export const RECALCULATION = 'recalculate-portfolio'
export const KEEP_TABLES = 'keep-tables'

/**
 * A second scheduler on the same database and pool: every minute it values the portfolio and logs the totals, and once a day
 * it lets the owner of the tables make the partitions of the days to come, where its own role may not.
 */
export function createRecalculationScheduler(options: RecalculationOptions): Scheduler {
  const { sessions, valuation, secrets, logger, keepTables } = options
  async function recalculate(ctx: RunContext<EntityManager>): Promise<void> {
    const held = await ctx.withSession((session) => readPositions(session, valuation.marketData), { readOnly: true })
    const { positions, totals, total } = await valuation.value(held)
    const priced = positions.filter(({ value }) => value !== null).length
    ctx.report({ processed: priced, skipped: positions.length - priced })
    logger.info({ total, totals }, 'the portfolio was valued')
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
  readonly valuation: Valuation
  readonly secrets: readonly string[]
  readonly logger: Logger
  /** Prepares the tables as their owner; `null` where the scheduler's own role owns them. */
  readonly keepTables: (() => Promise<unknown>) | null
}
