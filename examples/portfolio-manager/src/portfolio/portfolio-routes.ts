import { Router } from 'express'
import type { DataSource } from 'typeorm'

import { readPositions } from './read-positions.ts'
import type { MarketDataKind } from './stored-quote.ts'
import { valuePortfolio } from './value-portfolio.ts'

/** `GET /`: what the portfolio is worth by the latest quotes, and whether those are live or replayed. */
export function portfolioRoutes({ dataSource, marketData }: PortfolioRoutesOptions): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    const positions = await readPositions(dataSource.manager, marketData)
    const value = valuePortfolio(positions, new Date())
    response.set('Cache-Control', 'private, no-cache').json({ market_data: marketData, ...value })
  })
  return router
}

export interface PortfolioRoutesOptions {
  readonly dataSource: DataSource
  readonly marketData: MarketDataKind
}
