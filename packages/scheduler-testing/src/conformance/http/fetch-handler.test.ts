import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { type Authorize, createFetchHandler, toNodeListener, type UnsafeAllowAll } from '@pm/scheduler-core/http'
import { describeFuzzedRequests } from '@pm/testlab/vitest'
import compression from 'compression'
import helmet from 'helmet'
import type { HttpMounts, ReadHeader, ServeHttp } from './adapter.ts'
import { behindProxy } from './behind-proxy.ts'
import { describeHttpAdapter } from './describe-http-adapter.ts'
import { describeReadBodies } from './describe-read-bodies.ts'

/** Where the views begin. */
interface Prefixes {
  readonly admin: string
  readonly marketData: string
  readonly health: string
}

const ON_PREFIXES: Prefixes = {
  admin: '/api/v1/admin/scheduler',
  marketData: '/api/v1/market-data/scheduler',
  health: '/probes',
}

const NESTED: Prefixes = {
  admin: '/tenants/acme%20ltd/api/v1/admin/scheduler',
  marketData: '/tenants/acme%20ltd/api/v1/market-data/scheduler',
  health: '/tenants/acme%20ltd',
}

/** The mount matrix, every row of it behind helmet but the first, which passes every story. */
const LAYOUTS: Readonly<Record<string, ServeHttp>> = {
  'on prefixes': serveFetch(ON_PREFIXES, (listener) => listener),
  'on prefixes, behind helmet': serveFetch(ON_PREFIXES),
  'at the root, each with a server of its own': serveFetch({ admin: '', marketData: '', health: '' }),
  'on nested prefixes': serveFetch(NESTED),
  'with slashes at the end of its prefixes': serveFetch({
    admin: '/admin/',
    marketData: '/market-data/',
    health: '/p/',
  }),
  'behind compression': serveFetch(ON_PREFIXES, (listener) => behindCompression(behindHelmet(listener))),
  'behind a proxy that strips a prefix': behindProxy(serveFetch(ON_PREFIXES), { prefix: '/ops' }),
  'behind a proxy that does not strip its prefix': behindProxy(serveFetch(NESTED), {
    prefix: '/tenants',
    strips: false,
  }),
}

for (const [index, [name, serve]] of Object.entries(LAYOUTS).entries())
  describeHttpAdapter(`fetch handler, ${name}`, serve, { scope: index === 0 ? 'whole' : 'mount' })

describeFuzzedRequests('fetch handler', serveFetch(ON_PREFIXES))

describeReadBodies('toNodeListener', (reader) =>
  serveFetch(ON_PREFIXES, (listener) => (incoming, outgoing) => {
    reader(incoming, outgoing, () => listener(incoming, outgoing))
  }),
)

type Wrap = (listener: RequestListener) => RequestListener

function behindHelmet(listener: RequestListener): RequestListener {
  const protect = helmet()
  return (incoming, outgoing) => protect(incoming, outgoing, () => listener(incoming, outgoing))
}

/** Made for Express, whose request and response are those of node:http with more to them. */
function behindCompression(listener: RequestListener): RequestListener {
  const compress = compression({ threshold: 0 })
  return (incoming, outgoing) => Reflect.apply(compress, null, [incoming, outgoing, () => listener(incoming, outgoing)])
}

/** On plain node:http, a server for each view. */
function serveFetch(at: Prefixes, wrap: Wrap = behindHelmet): ServeHttp {
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
