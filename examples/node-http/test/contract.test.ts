import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'

import { ADMIN, createListener, MARKET_DATA } from '../src/create-listener.ts'

describeHttpAdapter(
  'node:http',
  async (mounts) => {
    const server = createServer(createListener(mounts.scheduler, toFetchMounts(mounts)))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      adminUrl: url + ADMIN,
      marketDataUrl: url + MARKET_DATA,
      healthUrl: url,
      close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
    }
  },
  { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' },
)
