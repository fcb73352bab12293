import { type Authorize, createFetchHandler, type FetchHandler, type UnsafeAllowAll } from '@pm/scheduler-core/http'

import type { HttpMounts, ReadHeader, ServeHttp } from './adapter.ts'

/** A view as a function from `Request` to `Response`, and the path that it is made for. */
export interface MountedHandler {
  readonly path: string
  readonly handler: FetchHandler
}

/** The three views of the suite as fetch handlers. */
export interface MountedHandlers {
  readonly admin: MountedHandler
  readonly marketData: MountedHandler
  readonly health: MountedHandler
}

/** A server on the loopback interface. */
export interface HandlerServer {
  /** Its origin, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

/** Where the views begin. */
export interface Prefixes {
  readonly admin: string
  readonly marketData: string
  readonly health: string
}

export const ON_PREFIXES: Prefixes = {
  admin: '/api/v1/admin/scheduler',
  marketData: '/api/v1/market-data/scheduler',
  health: '/probes',
}

/**
 * The suite for a framework that serves fetch handlers: `listen` mounts the three on their paths, in one app, and starts a
 * server on a free port.
 */
export function serveHandlers(listen: (handlers: MountedHandlers) => Promise<HandlerServer>): ServeHttp {
  return async (mounts) => {
    const handlers = createHandlers(mounts, ON_PREFIXES)
    const { url, close } = await listen(handlers)
    return {
      adminUrl: url + handlers.admin.path,
      marketDataUrl: url + handlers.marketData.path,
      healthUrl: url + handlers.health.path,
      close,
    }
  }
}

export function createHandlers({ scheduler, admin, marketData, health }: HttpMounts, at: Prefixes): MountedHandlers {
  const { authorize: knows, ...healthOptions } = health
  const adminOptions = { ...admin, basePath: at.admin, authorize: adapt(admin.authorize) }
  const marketDataOptions = { ...marketData, basePath: at.marketData, authorize: adapt(marketData.authorize) }
  const probeOptions = { ...healthOptions, ...(knows && { authorize: adaptHook(knows) }), basePath: at.health }
  return {
    admin: { path: at.admin, handler: createFetchHandler(scheduler, { ...adminOptions, view: 'admin' }) },
    marketData: {
      path: at.marketData,
      handler: createFetchHandler(scheduler, { ...marketDataOptions, view: 'market-data' }),
    },
    health: { path: at.health, handler: createFetchHandler(scheduler, { ...probeOptions, view: 'health' }) },
  }
}

function adapt(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? adaptHook(authorize) : authorize
}

function adaptHook(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return ({ headers }, target) => authorize((name) => headers.get(name), target)
}
