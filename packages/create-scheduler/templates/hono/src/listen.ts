import { once } from 'node:events'

import { serve } from '@hono/node-server'
import type { Scheduler } from '@pm/scheduler-core'
import { Hono } from 'hono'

import { type Listening, portOf } from './listening.ts'
import { schedulerMounts } from './scheduler-mounts.ts'
import type { Settings } from './settings.ts'

/** Serves the scheduler. Your own routes go beside it. */
export async function listen(scheduler: Scheduler, { host, port, adminToken }: Settings): Promise<Listening> {
  const app = new Hono()
  for (const { path, answer } of schedulerMounts(scheduler, adminToken)) {
    app.all(path, ({ req }) => answer(req.raw))
    app.all(`${path}/*`, ({ req }) => answer(req.raw))
  }
  const server = serve({ fetch: app.fetch, port, hostname: host })
  await once(server, 'listening')
  return { server, port: portOf(server) }
}
