import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Authorize, closeWith } from '@pm/scheduler-core/http'

import { ADMIN, createListener } from './create-listener.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})
await scheduler.open()

/** Whoever has the token is ada. */
const authorize: Authorize<Request> = ({ headers }) =>
  headers.get('authorization') === `Bearer ${TOKEN}`
    ? { allow: true, principal: { name: 'ada' } }
    : { allow: false, reason: 'unauthenticated' }

const listener = createListener(scheduler, { admin: { authorize, control: true }, marketData: { authorize } })
const server = createServer(listener).listen(Number(PORT), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(`http://127.0.0.1:${port}${ADMIN}/status (Authorization: Bearer ${TOKEN})`)
})

process.once('SIGTERM', () => void closeWith(server, scheduler))
