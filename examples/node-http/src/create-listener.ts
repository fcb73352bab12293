import type { RequestListener } from 'node:http'

import type { Scheduler } from '@pm/scheduler-core'
import {
  type AdminHttpOptions,
  createFetchHandler,
  type FetchHandler,
  type HealthHttpOptions,
  type MarketDataHttpOptions,
  toNodeListener,
} from '@pm/scheduler-core/http'

/** Who may do what in each view, and their other options. */
export interface ListenerOptions {
  readonly admin: Omit<AdminHttpOptions<Request>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<Request>, 'view'>
  readonly health?: Omit<HealthHttpOptions<Request>, 'view'>
}

export const ADMIN = '/api/v1/admin/scheduler'
export const MARKET_DATA = '/api/v1/market-data/scheduler'

/** The three views of a scheduler for `createServer`. */
export function createListener(
  scheduler: Scheduler,
  { admin, marketData, health = {} }: ListenerOptions,
): RequestListener {
  const mounts: readonly (readonly [path: string, FetchHandler])[] = [
    [ADMIN, createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: ADMIN })],
    [MARKET_DATA, createFetchHandler(scheduler, { ...marketData, view: 'market-data', basePath: MARKET_DATA })],
    ['', createFetchHandler(scheduler, { ...health, view: 'health' })],
  ]

  return toNodeListener(async (request) => {
    const { pathname } = new URL(request.url)
    const mount = mounts.find(([path]) => pathname.startsWith(`${path}/`))
    return (await mount?.[1](request)) ?? new Response(null, { status: 404 })
  })
}
