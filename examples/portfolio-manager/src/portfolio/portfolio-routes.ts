import type { SessionProvider } from '@pm/scheduler-core'
import { Router } from 'express'
import type { EntityManager } from 'typeorm'

import { readPositions } from './read-positions.ts'
import type { MarketDataKind } from './stored-quote.ts'
import { valuePortfolio } from './value-portfolio.ts'

/** `GET /`: the value of the portfolio at the latest quotes, and whether these are live or replayed. */
export function portfolioRoutes({ sessions, marketData }: PortfolioRoutesOptions): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    const positions = await sessions.withSession((session) => readPositions(session, marketData), {
      unit: 'portfolio',
      readOnly: true,
    })
    const value = valuePortfolio(positions, new Date())
    response.set('Cache-Control', 'private, no-cache').json({ market_data: marketData, ...value })
  })
  return router
}

export interface PortfolioRoutesOptions {
  readonly sessions: SessionProvider<EntityManager>
  readonly marketData: MarketDataKind
}
