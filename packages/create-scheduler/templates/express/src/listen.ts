import { once } from 'node:events'

import type { Scheduler } from '@pm/scheduler-core'
import express from 'express'

import { type Listening, portOf } from './listening.ts'
import { mountScheduler } from './mount-scheduler.ts'
import type { Settings } from './settings.ts'

/** Serves the scheduler. Your own routes go beside it. */
export async function listen(scheduler: Scheduler, { host, port, adminToken }: Settings): Promise<Listening> {
  const app = express()
  mountScheduler(app, { scheduler, token: adminToken })
  const server = app.listen(port, host)
  await once(server, 'listening')
  return { server, port: portOf(server) }
}
