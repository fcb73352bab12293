// The routers fit the types of the installed Express, whichever it is.
import { createMemoryBackend, createScheduler } from '@pm/scheduler-core'
import { adminSchedulerRouter, healthRouter } from '@pm/scheduler-express'
import express from 'express'

const scheduler = createScheduler({ name: 'typed', jobs: [], ...createMemoryBackend() })
const authorize = (request: express.Request) =>
  request.get('authorization') === 'Bearer a-token'
    ? { allow: true as const, principal: { name: 'ada' } }
    : { allow: false as const, reason: 'unauthenticated' as const }

export const app = express()
app.use('/scheduler', adminSchedulerRouter(scheduler, { authorize, control: true }))
app.use(healthRouter(scheduler))
