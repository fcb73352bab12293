import type { Scheduler } from '@pm/scheduler-core'
import {
  type AdminHttpOptions,
  createFetchHandler,
  type FetchHandler,
  type HealthHttpOptions,
  type MarketDataHttpOptions,
} from '@pm/scheduler-core/http'
import { createDashboardHandler } from '@pm/scheduler-dashboard'

/** Who may do what in each view, and their other options. */
export interface AppOptions {
  readonly admin: Omit<AdminHttpOptions<Request>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<Request>, 'view'>
  readonly health?: Omit<HealthHttpOptions<Request>, 'view'>
}

export const ADMIN = '/api/v1/admin/scheduler'
export const MARKET_DATA = '/api/v1/market-data/scheduler'
export const PAGES = '/admin'

/** The three views of a scheduler and its pages, as one function from `Request` to `Response`. */
export function createApp(scheduler: Scheduler, { admin, marketData, health = {} }: AppOptions) {
  const { authorize, control } = admin
  const mounts: readonly (readonly [path: string, FetchHandler])[] = [
    [ADMIN, createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: ADMIN })],
    [MARKET_DATA, createFetchHandler(scheduler, { ...marketData, view: 'market-data', basePath: MARKET_DATA })],
    [PAGES, createDashboardHandler(scheduler, { authorize, mountPath: PAGES, ...(control && { control }) })],
    ['', createFetchHandler(scheduler, { ...health, view: 'health' })],
  ]

  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    const mount = mounts.find(([path]) => pathname === path || pathname.startsWith(`${path}/`))
    return (await mount?.[1](request)) ?? new Response(null, { status: 404 })
  }
}
