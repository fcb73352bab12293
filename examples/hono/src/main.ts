import { serve } from '@hono/node-server'
import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Authorize, closeWith } from '@pm/scheduler-core/http'

import { ADMIN, createApp } from './create-app.ts'

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

const { fetch } = createApp(scheduler, { admin: { authorize, control: true }, marketData: { authorize } })
const server = serve({ fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}${ADMIN}/status (Authorization: Bearer ${TOKEN})`),
)

process.once('SIGTERM', () => void closeWith(server, scheduler))
