import type { Scheduler } from '@pm/scheduler-core'
import {
  type AdminHttpOptions,
  createFetchHandler,
  type HealthHttpOptions,
  type MarketDataHttpOptions,
} from '@pm/scheduler-core/http'
import { createDashboardHandler, type DashboardOptions } from '@pm/scheduler-dashboard'
import Fastify, { type FastifyInstance } from 'fastify'

import { schedulerRoutes } from './scheduler-routes.ts'

/** Who may do what in each view, and their other options. */
export interface AppOptions {
  readonly admin: Omit<AdminHttpOptions<Request>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<Request>, 'view'>
  readonly health?: Omit<HealthHttpOptions<Request>, 'view'>
  readonly pages?: DashboardOptions<Request>
}

export const ADMIN = '/api/v1/admin/scheduler'
export const MARKET_DATA = '/api/v1/market-data/scheduler'
export const HEALTH = '/health'
export const PAGES = '/admin'

/** Adds the three views of a scheduler and its pages to an app. */
export function createApp(
  scheduler: Scheduler,
  { admin, marketData, health = {}, pages }: AppOptions,
  app: FastifyInstance = Fastify(),
): FastifyInstance {
  const handlers = {
    [ADMIN]: createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: ADMIN }),
    [MARKET_DATA]: createFetchHandler(scheduler, { ...marketData, view: 'market-data', basePath: MARKET_DATA }),
    [HEALTH]: createFetchHandler(scheduler, { ...health, view: 'health', basePath: HEALTH }),
    ...(pages && { [PAGES]: createDashboardHandler(scheduler, { ...pages, mountPath: PAGES }) }),
  }
  for (const [prefix, handler] of Object.entries(handlers)) app.register(schedulerRoutes, { prefix, handler })
  return app
}
