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

/** A second scheduler on the same database and pool: every minute it values the portfolio and logs the totals. */
export function createRecalculationScheduler(options: RecalculationOptions): Scheduler {
  const { sessions, marketData, secrets, logger } = options
  async function recalculate(ctx: RunContext<EntityManager>): Promise<void> {
    const held = await ctx.withSession((session) => readPositions(session, marketData), { readOnly: true })
    const { positions, totals } = valuePortfolio(held, new Date())
    const priced = positions.filter(({ value }) => value !== null).length
    ctx.report({ processed: priced, skipped: positions.length - priced })
    logger.info({ totals }, 'the portfolio was valued')
  }
  return createScheduler({
    name: 'portfolio_scheduler',
    jobs: [{ name: RECALCULATION, schedule: every({ minutes: 1 }), handler: recalculate }],
    sessions,
    store: createTypeormStore(),
    secrets,
    logger,
  })
}

export interface RecalculationOptions {
  readonly sessions: SessionProvider<EntityManager>
  readonly marketData: MarketDataKind
  readonly secrets: readonly string[]
  readonly logger: Logger
}
