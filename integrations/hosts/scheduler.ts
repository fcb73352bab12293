import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import type { Authorize } from '@pm/scheduler-core/http'

import { createApp } from './create-app.ts'

const { TOKEN = 'dev' } = process.env

export const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})

/** Whoever has the token is ada. */
const authorize: Authorize<Request> = ({ headers }) =>
  headers.get('authorization') === `Bearer ${TOKEN}`
    ? { allow: true, principal: { name: 'ada' } }
    : { allow: false, reason: 'unauthenticated' }

export const app = createApp(scheduler, { admin: { authorize, control: true }, marketData: { authorize } })
