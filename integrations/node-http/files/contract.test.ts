import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { toNodeListener } from '@pm/scheduler-core/http'
import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'

import { ADMIN, createApp, MARKET_DATA } from './create-app.ts'

describeHttpAdapter('node:http', async (mounts) => {
  const server = createServer(toNodeListener(createApp(mounts.scheduler, toFetchMounts(mounts))))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    adminUrl: url + ADMIN,
    marketDataUrl: url + MARKET_DATA,
    healthUrl: url,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
})
