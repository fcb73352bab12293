import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'

import { type Authorize, createFetchHandler, type FetchHandler, type UnsafeAllowAll } from '@pm/scheduler-core/http'

import type { HttpMounts, ReadHeader } from './adapter.ts'
import { describeHttpAdapter } from './describe-http-adapter.ts'

describeHttpAdapter('fetch handler, on prefixes', (mounts) =>
  serveFetch(mounts, {
    admin: '/api/v1/admin/scheduler',
    marketData: '/api/v1/market-data/scheduler',
    health: '/probes',
  }),
)

describeHttpAdapter('fetch handler, with slashes at the end of its prefixes', (mounts) =>
  serveFetch(mounts, { admin: '/admin/', marketData: '/market-data/', health: '/p/' }),
)

interface Prefixes {
  readonly admin: string
  readonly marketData: string
  readonly health: string
}

/** The shell that any `Request` to `Response` framework is: here on plain node:http. */
async function serveFetch({ scheduler, admin, marketData, health }: HttpMounts, at: Prefixes) {
  const { authorize: knows, ...healthOptions } = health
  const handlers: readonly (readonly [string, FetchHandler])[] = [
    [
      at.admin,
      createFetchHandler(scheduler, { ...admin, view: 'admin', basePath: at.admin, authorize: adapt(admin.authorize) }),
    ],
    [
      at.marketData,
      createFetchHandler(scheduler, {
        ...marketData,
        view: 'market-data',
        basePath: at.marketData,
        authorize: adapt(marketData.authorize),
      }),
    ],
    [
      at.health,
      createFetchHandler(scheduler, {
        ...healthOptions,
        ...(knows && { authorize: adaptHook(knows) }),
        view: 'health',
        basePath: at.health,
      }),
    ],
  ]
  const server = createServer((incoming, outgoing) => {
    const handler = handlers.find(([prefix]) => incoming.url?.startsWith(prefix))?.[1]
    // `Request` itself knows no TRACE.
    if (incoming.method === 'TRACE') outgoing.writeHead(405).end()
    else if (handler) void handler(toRequest(incoming)).then((response) => write(response, outgoing))
    else outgoing.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const base = (prefix: string) => url + prefix.replace(/\/$/, '')
  return {
    adminUrl: base(at.admin),
    marketDataUrl: base(at.marketData),
    healthUrl: base(at.health),
    close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}

function adapt(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? adaptHook(authorize) : authorize
}

function adaptHook(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return ({ headers }, target) => authorize((name) => headers.get(name), target)
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
  const { method = 'GET' } = incoming
  const hasBody = incoming.headers['content-length'] ?? incoming.headers['transfer-encoding']
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
  })
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await pipeline(Readable.fromWeb(response.body as WebStream), outgoing).catch(() => {})
  else outgoing.end()
}
