import compression from 'compression'
import type express from 'express'
import type { NextFunction, Request, Response } from 'express'

import type { Layout, Routers } from './serve-express.ts'

type ExpressModule = typeof express

/** The ways in which hosts mount routers, by name. */
export const LAYOUTS: Readonly<Record<string, (express: ExpressModule) => Layout>> = {
  'on prefixes': (express) => (routers) => onPrefixes(express(), routers),

  'at the root, each with an app of its own': (express) => (routers) => ({
    admin: { app: express().use(routers.admin), path: '' },
    marketData: { app: express().use('/', routers.marketData), path: '' },
    health: { app: express().use(routers.health), path: '' },
  }),

  'inside of routers inside of routers': nested,

  'in an app that is strict about case and slashes': (express) => (routers) => {
    const app = express().enable('strict routing').enable('case sensitive routing').disable('etag')
    return onPrefixes(app, routers)
  },

  'after every body parser': (express) => (routers) => {
    const app = express().use(express.json(), express.urlencoded({ extended: true }), express.text(), express.raw())
    const places = onPrefixes(app, routers)
    app.use(answerParserErrors)
    return places
  },

  'after a parser that keeps text': (express) => (routers) =>
    onPrefixes(express().use(express.text({ type: '*/*' })), routers),

  'after a parser that keeps bytes': (express) => (routers) =>
    onPrefixes(express().use(express.raw({ type: () => true })), routers),

  'before the body parsers and the host’s own routes': (express) => (routers) => {
    const app = express()
    const places = onPrefixes(app, routers)
    app.use(express.json(), (_req, res) => void res.status(418).end())
    return places
  },

  'behind compression and a strict CSP': (express) => (routers) => {
    const app = express().use(compression({ threshold: 0 }), (_req, res, next) => {
      res.setHeader('content-security-policy', "default-src 'none'")
      next()
    })
    return onPrefixes(app, routers)
  },
}

export function nested(express: ExpressModule): Layout {
  return (routers) => {
    const v1 = express.Router().use('/admin/scheduler', routers.admin).use('/market-data/scheduler', routers.marketData)
    const api = express.Router().use('/v1', v1)
    const app = express().use('/tenants/:tenant/api', api).use('/tenants/:tenant', routers.health)
    const base = '/tenants/acme%20ltd'
    return {
      admin: { app, path: `${base}/api/v1/admin/scheduler` },
      marketData: { app, path: `${base}/api/v1/market-data/scheduler` },
      health: { app, path: base },
    }
  }
}

export function onPrefixes(app: ReturnType<ExpressModule>, { admin, marketData, health }: Routers) {
  app.use('/api/v1/admin/scheduler', admin).use('/api/v1/market-data/scheduler/', marketData).use('/probes', health)
  return {
    admin: { app, path: '/api/v1/admin/scheduler' },
    marketData: { app, path: '/api/v1/market-data/scheduler' },
    health: { app, path: '/probes' },
  }
}

/**
 * Answers requests that a parser of the host refused, which never reach a router, with the body that the suite expects.
 */
function answerParserErrors(error: { status: number }, _req: Request, res: Response, next: NextFunction): void {
  const code = PARSER_CODES[error.status]
  if (code === undefined) next(error)
  else
    res
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(refusal(error.status, code)))
}

const PARSER_CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}

function refusal(status: number, code: string) {
  return { type: 'about:blank', title: 'Refused by a parser', status, code }
}
