import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'
import next from 'next'
import { afterAll, beforeAll } from 'vitest'

import { scenes } from './lib/scenes.ts'

const app = next({ dir: import.meta.dirname, dev: false })
const server = createServer()
let opened = 0

beforeAll(async () => {
  await app.prepare()
  server.on('request', app.getRequestHandler())
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describeHttpAdapter('Next.js', async (mounts) => {
  opened += 1
  const id = String(opened)
  scenes.set(id, { scheduler: mounts.scheduler, mounts: toFetchMounts(mounts) })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scenes/${id}`
  return {
    adminUrl: `${url}/admin`,
    marketDataUrl: `${url}/market-data`,
    healthUrl: `${url}/health`,
    close: async () => void scenes.delete(id),
  }
})
