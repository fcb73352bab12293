import { serve } from '@hono/node-server'
import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { closeWith } from '@pm/scheduler-core/http'

import { createApp } from './create-app.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})
await scheduler.open()

const { fetch } = createApp(scheduler, TOKEN)
const server = serve({ fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}/api/v1/admin/scheduler/status (Authorization: Bearer ${TOKEN})`),
)

process.once('SIGTERM', () => void closeWith(server, scheduler))
