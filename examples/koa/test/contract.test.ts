import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import {
  type BodyReader,
  describeHttpAdapter,
  describeReadBodies,
  type ServeHttp,
  toFetchMounts,
} from '@pm/scheduler-testing/conformance'
import Koa from 'koa'

import { ADMIN, createApp, HEALTH, MARKET_DATA } from '../src/create-app.ts'

/** The app after what a host has before it. */
function serveAfter(...before: readonly Koa.Middleware[]): ServeHttp {
  return async (mounts) => {
    const options = toFetchMounts(mounts)
    const app = new Koa()
    for (const middleware of before) app.use(middleware)
    const server = createApp(mounts.scheduler, options, app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      adminUrl: url + ADMIN,
      marketDataUrl: url + MARKET_DATA,
      healthUrl: url + HEALTH,
      close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
    }
  }
}

describeHttpAdapter('Koa 3', serveAfter(), { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' })

describeReadBodies('Koa 3', (reader) => serveAfter(parserLike(reader)))

/** As parsers of Koa do, which keep what they have read on the request of Koa. */
function parserLike(reader: BodyReader): Koa.Middleware {
  return async ({ req, res, request }, next) => {
    await new Promise<void>((resolve) => reader(req, res, resolve))
    if ('body' in req) Object.assign(request, { body: req.body })
    Reflect.deleteProperty(req, 'body')
    await next()
  }
}
