import type { RequestListener } from 'node:http'

import { describeFuzzedRequests } from '@pm/testlab/vitest'
import compression from 'compression'
import helmet from 'helmet'
import type { ServeHttp } from './adapter.ts'
import { behindProxy } from './behind-proxy.ts'
import { describeHttpAdapter } from './describe-http-adapter.ts'
import { describeReadBodies } from './describe-read-bodies.ts'
import { ON_PREFIXES, type Prefixes, serveFetch, type Wrap } from './serve-fetch.ts'

const NESTED: Prefixes = {
  admin: '/tenants/acme%20ltd/api/v1/admin/scheduler',
  marketData: '/tenants/acme%20ltd/api/v1/market-data/scheduler',
  health: '/tenants/acme%20ltd',
}

/** The mount matrix, every row of it behind helmet but the first, which passes every story. */
const LAYOUTS: Readonly<Record<string, ServeHttp>> = {
  'on prefixes': served(ON_PREFIXES, (listener) => listener),
  'on prefixes, behind helmet': served(ON_PREFIXES),
  'at the root, each with a server of its own': served({ admin: '', marketData: '', health: '' }),
  'on nested prefixes': served(NESTED),
  'with slashes at the end of its prefixes': served({
    admin: '/admin/',
    marketData: '/market-data/',
    health: '/p/',
  }),
  'behind compression': served(ON_PREFIXES, (listener) => behindCompression(behindHelmet(listener))),
  'behind a proxy that strips a prefix': behindProxy(served(ON_PREFIXES), { prefix: '/ops' }),
  'behind a proxy that does not strip its prefix': behindProxy(served(NESTED), {
    prefix: '/tenants',
    strips: false,
  }),
}

for (const [index, [name, serve]] of Object.entries(LAYOUTS).entries())
  describeHttpAdapter(`fetch handler, ${name}`, serve, { scope: index === 0 ? 'whole' : 'mount' })

describeFuzzedRequests('fetch handler', served(ON_PREFIXES))

describeReadBodies('toNodeListener', (reader) =>
  served(ON_PREFIXES, (listener) => (incoming, outgoing) => {
    reader(incoming, outgoing, () => listener(incoming, outgoing))
  }),
)

/** As `serveFetch`, behind helmet unless something else stands before it. */
function served(at: Prefixes, wrap: Wrap = behindHelmet): ServeHttp {
  return serveFetch(at, wrap)
}

function behindHelmet(listener: RequestListener): RequestListener {
  const protect = helmet()
  return (incoming, outgoing) => protect(incoming, outgoing, () => listener(incoming, outgoing))
}

/** Made for Express, whose request and response are those of node:http with more to them. */
function behindCompression(listener: RequestListener): RequestListener {
  const compress = compression({ threshold: 0 })
  return (incoming, outgoing) => Reflect.apply(compress, null, [incoming, outgoing, () => listener(incoming, outgoing)])
}
