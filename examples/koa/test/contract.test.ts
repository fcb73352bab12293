import type { AddressInfo } from 'node:net'

import {
  type BodyReader,
  describeHttpAdapter,
  describeReadBodies,
  type ServeHttp,
  serveHandlers,
} from '@pm/scheduler-testing/conformance'
import Koa from 'koa'

import { serveBelow } from '../src/serve-below.ts'

/** The views in an app, after what a host has before them. */
function serveAfter(...before: readonly Koa.Middleware[]): ServeHttp {
  return serveHandlers(async (views) => {
    const app = new Koa()
    for (const middleware of before) app.use(middleware)
    for (const { path, handler } of Object.values(views)) app.use(serveBelow(path, handler))
    const server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
    }
  })
}

describeHttpAdapter('Koa 3', serveAfter(), { scope: process.env['WHOLE'] ? 'whole' : 'mount' })

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
