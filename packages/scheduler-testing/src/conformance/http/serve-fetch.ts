import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { type Authorize, createFetchHandler, toNodeListener, type UnsafeAllowAll } from '@pm/scheduler-core/http'

import type { HttpMounts, ReadHeader, ServeHttp } from './adapter.ts'

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

/** What stands before the handler. */
export type Wrap = (listener: RequestListener) => RequestListener

/** On plain node:http, a server for each view. */
export function serveFetch(at: Prefixes, wrap: Wrap = (listener) => listener): ServeHttp {
  return async (mounts) => {
    const { admin, marketData, health } = createHandlers(mounts, at)
    const servers = await Promise.all(
      [admin, marketData, health].map((handler) => listen(wrap(toNodeListener(handler)))),
    )
    const [adminUrl = '', marketDataUrl = '', healthUrl = ''] = servers.map(({ url }) => url)
    return {
      adminUrl: adminUrl + withoutSlash(at.admin),
      marketDataUrl: marketDataUrl + withoutSlash(at.marketData),
      healthUrl: healthUrl + withoutSlash(at.health),
      close: async () => void (await Promise.all(servers.map((server) => server.close()))),
    }
  }
}

function createHandlers({ scheduler, admin, marketData, health }: HttpMounts, at: Prefixes) {
  const { authorize: knows, ...healthOptions } = health
  return {
    admin: createFetchHandler(scheduler, {
      ...admin,
      view: 'admin',
      basePath: at.admin,
      authorize: adapt(admin.authorize),
    }),
    marketData: createFetchHandler(scheduler, {
      ...marketData,
      view: 'market-data',
      basePath: at.marketData,
      authorize: adapt(marketData.authorize),
    }),
    health: createFetchHandler(scheduler, {
      ...healthOptions,
      ...(knows && { authorize: adaptHook(knows) }),
      view: 'health',
      basePath: at.health,
    }),
  }
}

function adapt(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? adaptHook(authorize) : authorize
}

function adaptHook(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return ({ headers }, target) => authorize((name) => headers.get(name), target)
}

async function listen(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}

const withoutSlash = (path: string) => path.replace(/\/$/, '')
