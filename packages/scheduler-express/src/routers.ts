import type { Scheduler } from '@pm/scheduler-core'
import {
  type AdminHttpOptions,
  createHttpService,
  type HealthHttpOptions,
  type MarketDataHttpOptions,
} from '@pm/scheduler-core/http'
import type { Request } from 'express'

import { mountService, type SchedulerRouter } from './mount-service.ts'

export interface AdminRouterOptions extends Omit<AdminHttpOptions<Request>, 'view' | 'environment'>, PathOptions {}

export interface MarketDataRouterOptions
  extends Omit<MarketDataHttpOptions<Request>, 'view' | 'environment'>,
    PathOptions {}

export interface HealthRouterOptions extends Omit<HealthHttpOptions<Request>, 'view'>, PathOptions {}

interface PathOptions {
  /**
   * Whether an unknown path goes on to the host's next handler instead of being answered 404 (default false for the
   * status routers, true for the probes).
   */
  readonly fallthrough?: boolean
}

/**
 * The router for operators: `/status`, `/events`, `/jobs`, `/runs`, `/log` and, with `control: true`, the commands
 * `/start`, `/stop`, `/pause`, `/resume` and those below them. Throws `INVALID_OPTIONS` without `authorize`.
 */
export function adminSchedulerRouter(scheduler: Scheduler, options: AdminRouterOptions): SchedulerRouter {
  const { fallthrough = false, ...rest } = { ...options }
  return mountService(createHttpService(scheduler, { ...rest, view: 'admin', ...environment() }), {
    fallthrough,
  })
}

/**
 * The router for users of the data: `/status`, `/events`, `/providers`. Throws `INVALID_OPTIONS` without `authorize`.
 */
export function marketDataSchedulerRouter(scheduler: Scheduler, options: MarketDataRouterOptions): SchedulerRouter {
  const { fallthrough = false, ...rest } = { ...options }
  return mountService(createHttpService(scheduler, { ...rest, view: 'market-data', ...environment() }), {
    fallthrough,
  })
}

/**
 * Probes, open to everybody: `/health/live`, `/health/ready`, `/health/data`. Below a prefix they are also called `/live`,
 * `/ready` and `/data`, so that `app.use('/health', healthRouter(scheduler))` does not say it twice.
 */
export function healthRouter(scheduler: Scheduler, options: HealthRouterOptions = {}): SchedulerRouter {
  const { fallthrough = true, ...rest } = options
  return mountService(createHttpService<Request>(scheduler, { ...rest, view: 'health' }), { fallthrough })
}

/**
 * What `NODE_ENV` says and nothing else. Unset it is an unknown environment, in which nothing is open, although Express
 * takes it for development.
 */
function environment(): { readonly environment: string } {
  return { environment: process.env['NODE_ENV'] ?? '' }
}
