import type { Scheduler } from '@pm/scheduler-core'
import {
  type AdminHttpOptions,
  createFetchHandler,
  type HealthHttpOptions,
  type MarketDataHttpOptions,
} from '@pm/scheduler-core/http'
import { Hono } from 'hono'

/** Who may do what in each view, and their other options. */
export interface AppOptions {
  readonly admin: Omit<AdminHttpOptions<Request>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<Request>, 'view'>
  readonly health?: Omit<HealthHttpOptions<Request>, 'view'>
}

export const ADMIN = '/api/v1/admin/scheduler'
export const MARKET_DATA = '/api/v1/market-data/scheduler'

/** An app with the three views of a scheduler. */
export function createApp(scheduler: Scheduler, { admin, marketData, health = {} }: AppOptions): Hono {
  const adminHandler = createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: ADMIN })
  const marketDataHandler = createFetchHandler(scheduler, {
    ...marketData,
    view: 'market-data',
    basePath: MARKET_DATA,
  })
  const healthHandler = createFetchHandler(scheduler, { ...health, view: 'health' })

  return new Hono()
    .all(`${ADMIN}/*`, ({ req }) => adminHandler(req.raw))
    .all(`${MARKET_DATA}/*`, ({ req }) => marketDataHandler(req.raw))
    .all('/health/*', ({ req }) => healthHandler(req.raw))
}
