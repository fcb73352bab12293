import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'

import { createListener } from './create-listener.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})
await scheduler.open()

const server = createServer(createListener(scheduler, TOKEN)).listen(Number(PORT), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(`http://127.0.0.1:${port}/api/v1/admin/scheduler/status (Authorization: Bearer ${TOKEN})`)
})

process.once('SIGTERM', () => void closeWith(server, scheduler))
