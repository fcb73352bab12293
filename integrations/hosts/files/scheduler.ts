import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import type { Authorize } from '@pm/scheduler-core/http'

import { createApp } from './create-app.ts'

const { TOKEN = 'dev' } = process.env

export const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [
    { name: 'poll', schedule: every({ minutes: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) },
    { name: 'slow', schedule: null, handler: takeAWhile },
  ],
  ...createMemoryBackend(),
})

/** Tells when it begins and when it has ended: a process that is told to end has to wait for it. */
async function takeAWhile(): Promise<void> {
  console.log('slow began')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  console.log('slow ended')
}

/** Whoever has the token is ada. */
const authorize: Authorize<Request> = ({ headers }) =>
  headers.get('authorization') === `Bearer ${TOKEN}`
    ? { allow: true, principal: { name: 'ada' } }
    : { allow: false, reason: 'unauthenticated' }

export const app = createApp(scheduler, { admin: { authorize, control: true }, marketData: { authorize } })
