import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { toNodeListener } from '@pm/scheduler-core/http'

import type { ServeHttp } from './adapter.ts'
import { createHandlers, type HandlerServer, type Prefixes } from './serve-handlers.ts'

export { ON_PREFIXES, type Prefixes } from './serve-handlers.ts'

/** What stands before the handler. */
export type Wrap = (listener: RequestListener) => RequestListener

/** On plain node:http, a server for each view. */
export function serveFetch(at: Prefixes, wrap: Wrap = (listener) => listener): ServeHttp {
  return async (mounts) => {
    const { admin, marketData, health } = createHandlers(mounts, at)
    const servers = await Promise.all(
      [admin, marketData, health].map(({ handler }) => listen(wrap(toNodeListener(handler)))),
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

async function listen(listener: RequestListener): Promise<HandlerServer> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}

const withoutSlash = (path: string) => path.replace(/\/$/, '')
