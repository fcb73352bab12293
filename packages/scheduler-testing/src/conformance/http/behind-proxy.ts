import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

import type { ServeHttp } from './adapter.ts'

export interface ProxyOptions {
  /** The path under which the world knows the server. */
  readonly prefix: string
  /** Whether the server gets to see that prefix (default true: it is stripped). */
  readonly strips?: boolean
}

/** The same server behind a reverse proxy that hands on every header, the host included. */
export function behindProxy(serve: ServeHttp, { prefix, strips = true }: ProxyOptions): ServeHttp {
  return async (mounts) => {
    const server = await serve(mounts)
    const origins = [server.adminUrl, server.marketDataUrl, server.healthUrl].map((url) => new URL(url).origin)
    const opened = await Promise.all([...new Set(origins)].map(async (origin) => [origin, await open(origin)] as const))
    const proxies = new Map(opened)
    const urlOf = (url: string) => {
      const { origin } = new URL(url)
      return `${proxies.get(origin)?.url}${strips ? prefix : ''}${url.slice(origin.length)}`
    }
    return {
      adminUrl: urlOf(server.adminUrl),
      marketDataUrl: urlOf(server.marketDataUrl),
      healthUrl: urlOf(server.healthUrl),
      async close() {
        await Promise.all([...proxies.values()].map((proxy) => proxy.close()))
        await server.close()
      },
    }
  }

  async function open(origin: string) {
    const proxy = createServer((incoming, outgoing) => {
      const { url = '' } = incoming
      if (!url.startsWith(prefix)) outgoing.writeHead(502).end()
      else forward(incoming, outgoing, { origin, path: strips ? url.slice(prefix.length) : url })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    return {
      url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      close: () => new Promise<void>((resolve) => void proxy.close(() => resolve()).closeAllConnections()),
    }
  }
}

interface Target {
  readonly origin: string
  readonly path: string
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, { origin, path }: Target): void {
  const { method = 'GET', headers } = incoming
  const upstream = request(origin, { method, path, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    // Either side may go away; the other then does, too.
    pipeline(answer, outgoing).catch(() => outgoing.destroy())
  })
  outgoing.once('close', () => upstream.destroy())
  upstream.on('error', () => outgoing.headersSent || outgoing.destroy())
  incoming.pipe(upstream)
}
