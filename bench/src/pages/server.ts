import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every, type Scheduler } from '@pm/scheduler-core'
import { createDashboard } from '@pm/scheduler-dashboard'
import { schedulerDashboard } from '@pm/scheduler-express'
import express, { type Request } from 'express'

export interface PagesServer {
  /** Of the mount, without a slash at its end. */
  readonly url: string
  readonly scheduler: Scheduler
  close(): Promise<void>
}

/** The pages over a scheduler on the memory backend, as a host mounts them; everybody may all. */
export async function openPagesServer({
  jobs,
  feeds,
}: {
  readonly jobs: number
  readonly feeds: number
}): Promise<PagesServer> {
  const asOf = Date.now()
  const observations = Array.from({ length: feeds }, (_, at) => ({
    provider: 'yahoo',
    feed: nameOf('SYM', at),
    eventAt: asOf,
    fetchedAt: asOf,
    changedAt: null,
  }))
  const scheduler = createScheduler({
    name: 'portfolio',
    jobs: Array.from({ length: jobs }, (_, at) => ({
      name: nameOf('recalculate-', at),
      schedule: every({ hours: 1 }),
      handler: () => {},
    })),
    feeds: {
      read: () => Promise.resolve(observations),
      judge: () => ({ status: 'fresh', expectedBy: asOf + 300_000 }),
    },
    ...createMemoryBackend(),
  })
  await scheduler.open()
  const router = schedulerDashboard(
    createDashboard<Request>([scheduler], {
      authorize: () => ({ allow: true, principal: { name: 'bench' } }),
      control: true,
    }),
  )
  const server = createServer(express().use('/admin', router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`,
    scheduler,
    async close() {
      router.closeStreams()
      server.closeAllConnections()
      server.close()
      await scheduler.close({ graceMs: 0 })
    },
  }
}

export function nameOf(what: string, at: number): string {
  return `${what}${String(at).padStart(5, '0')}`
}
