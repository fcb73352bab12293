import { describeHttpAdapter, serveHandlers } from '@pm/scheduler-testing/conformance'
import { H3, serve } from 'h3'

import { serveBelow } from '../src/serve-below.ts'

const serveViews = serveHandlers(async (views) => {
  const app = new H3()
  for (const { path, handler } of Object.values(views)) serveBelow(app, path, handler)
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true, gracefulShutdown: false })
  await server.ready()
  return { url: String(server.url).replace(/\/$/, ''), close: () => server.close(true) }
})

describeHttpAdapter('h3 2', serveViews, { scope: process.env['WHOLE'] ? 'whole' : 'mount' })
