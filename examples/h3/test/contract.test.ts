import { describeHttpAdapter, type ServeHttp, toFetchMounts } from '@pm/scheduler-testing/conformance'
import { H3, serve } from 'h3'

import { ADMIN, createApp, HEALTH, MARKET_DATA } from '../src/create-app.ts'

const serveApp: ServeHttp = async (mounts) => {
  const options = toFetchMounts(mounts)
  // Else h3 refuses paths with a broken escape itself: the suite wants our answers to them.
  const app = createApp(mounts.scheduler, options, new H3({ allowMalformedURL: true }))
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true, gracefulShutdown: false })
  await server.ready()
  const url = String(server.url).replace(/\/$/, '')
  return {
    adminUrl: url + ADMIN,
    marketDataUrl: url + MARKET_DATA,
    healthUrl: url + HEALTH,
    close: () => server.close(true),
  }
}

describeHttpAdapter('h3 2', serveApp, { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' })
