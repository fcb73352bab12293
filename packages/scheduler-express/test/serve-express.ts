import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Authorize, UnsafeAllowAll } from '@pm/scheduler-core/http'
import type { HttpMounts, HttpServer, ReadHeader, ServeHttp } from '@pm/scheduler-testing/conformance'
import type { Express, Request, Router } from 'express'
import helmet from 'helmet'

import { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '../src/index.ts'

export interface Routers {
  readonly admin: Router
  readonly marketData: Router
  readonly health: Router
}

/** One way to mount the routers: the app of each view, and the path on which it begins. */
export type Layout = (routers: Routers) => Readonly<Record<keyof Routers, Place>>

export interface Place {
  readonly app: Express
  readonly path: string
}

export interface ServeOptions {
  /** Whether every answer comes with helmet's headers (default true). */
  readonly withHelmet?: boolean
}

/** Serves the views of the suite with our routers in the given layout. */
export function serveExpress(layout: Layout, { withHelmet = true }: ServeOptions = {}): ServeHttp {
  const protect = withHelmet ? helmet() : passOn
  return async (mounts) => {
    const { admin, marketData, health } = layout(createRouters(mounts))
    const servers = new Map<Express, Awaited<ReturnType<typeof listen>>>()
    for (const { app } of [admin, marketData, health])
      if (!servers.has(app)) servers.set(app, await listen(app, protect))
    const urlOf = ({ app, path }: Place) => `${servers.get(app)?.url}${path}`
    return {
      adminUrl: urlOf(admin),
      marketDataUrl: urlOf(marketData),
      healthUrl: urlOf(health),
      close: async () => void (await Promise.all([...servers.values()].map((server) => server.close()))),
    }
  }
}

function createRouters({ scheduler, admin, marketData, health }: HttpMounts): Routers {
  // The adapter sets `environment` itself.
  const { environment: _, ...adminOptions } = admin
  const { environment: __, ...marketDataOptions } = marketData
  const { authorize: knows, ...healthOptions } = health
  return {
    admin: adminSchedulerRouter(scheduler, { ...adminOptions, authorize: adapt(admin.authorize) }),
    marketData: marketDataSchedulerRouter(scheduler, {
      ...marketDataOptions,
      authorize: adapt(marketData.authorize),
    }),
    health: healthRouter(scheduler, { ...healthOptions, ...(knows && { authorize: adaptHook(knows) }) }),
  }
}

function adapt(authorize: Authorize<ReadHeader> | UnsafeAllowAll): Authorize<Request> | UnsafeAllowAll {
  return typeof authorize === 'function' ? adaptHook(authorize) : authorize
}

function adaptHook(authorize: Authorize<ReadHeader>): Authorize<Request> {
  return (req, target) => authorize((name) => req.get(name) ?? null, target)
}

type Protect = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

const passOn: Protect = (_req, _res, next) => next()

async function listen(app: Express, protect: Protect): Promise<Pick<HttpServer, 'close'> & { readonly url: string }> {
  const server = createServer((req, res) => protect(req, res, () => app(req, res)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}
