import { Router } from 'express'

import type { Valuation } from './create-valuation.ts'

/** `GET /`: the value of the portfolio at the latest quotes, and whether these are live or replayed. */
export function portfolioRoutes(valuation: Valuation): Router {
  const router = Router()
  router.get('/', async (_request, response) => {
    const value = await valuation.now()
    response.set('Cache-Control', 'private, no-cache').json({ market_data: valuation.marketData, ...value })
  })
  return router
}
