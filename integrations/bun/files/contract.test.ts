import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'

import { ADMIN, createApp, MARKET_DATA } from './create-app.ts'

describeHttpAdapter('Bun.serve', async (mounts) => {
  const app = createApp(mounts.scheduler, toFetchMounts(mounts))
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: app })
  const url = `http://127.0.0.1:${server.port}`
  return {
    adminUrl: url + ADMIN,
    marketDataUrl: url + MARKET_DATA,
    healthUrl: url,
    close: () => server.stop(true),
  }
})
