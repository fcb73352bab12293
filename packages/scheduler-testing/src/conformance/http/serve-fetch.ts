import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createFetchHandler, toNodeListener } from '@pm/scheduler-core/http'

import type { HttpMounts, ServeHttp } from './adapter.ts'
import { toFetchMounts } from './fetch-mounts.ts'

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

function createHandlers(mounts: HttpMounts, at: Prefixes) {
  const { scheduler } = mounts
  const { admin, marketData, health } = toFetchMounts(mounts)
  return {
    admin: createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: at.admin }),
    marketData: createFetchHandler(scheduler, { ...marketData, view: 'market-data', basePath: at.marketData }),
    health: createFetchHandler(scheduler, { ...health, view: 'health', basePath: at.health }),
  }
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
