import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createAdaptorServer } from '@hono/node-server'
import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'

import { ADMIN, createApp, MARKET_DATA } from '../src/create-app.ts'

describeHttpAdapter(
  'Hono',
  async (mounts) => {
    const { fetch } = createApp(mounts.scheduler, toFetchMounts(mounts))
    const server = createAdaptorServer({ fetch }) as Server
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      adminUrl: url + ADMIN,
      marketDataUrl: url + MARKET_DATA,
      healthUrl: url,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve())
          if ('closeAllConnections' in server) server.closeAllConnections()
        }),
    }
  },
  { scope: process.env['WHOLE'] === '1' ? 'whole' : 'mount' },
)
