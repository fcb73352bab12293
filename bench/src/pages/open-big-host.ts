import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { createDashboard } from '@pm/scheduler-dashboard'
import { schedulerDashboard } from '@pm/scheduler-express'
import { createManualClock } from '@pm/scheduler-testing'
import express from 'express'

const HOUR = 3_600_000

/** A host of the pages over a scheduler in memory that has run for some hours of a clock of its own. */
export async function openBigHost({ jobs, runs }: { readonly jobs: number; readonly runs: number }) {
  const hours = Math.ceil(runs / jobs)
  const clock = createManualClock({ startAt: Date.now() - hours * HOUR })
  const scheduler = createScheduler({
    name: 'big',
    clock,
    concurrency: Number.POSITIVE_INFINITY,
    watchMs: 60_000,
    sweepMs: 600_000,
    leaseMs: 3_600_000,
    jobs: Array.from({ length: jobs }, (_, index) => ({
      name: `job-${String(index).padStart(5, '0')}`,
      schedule: every({ hours: 1 }),
      handler: () => (index % 97 === 0 ? Promise.reject(new Error('out of order')) : undefined),
    })),
    ...createMemoryBackend(),
  })
  await scheduler.open()
  for (let hour = 0; hour < hours; hour++) {
    await clock.advance(HOUR)
    await scheduler.whenIdle()
  }
  const authorize = () => ({ allow: true, principal: { name: 'bench' } }) as const
  const router = schedulerDashboard(createDashboard([scheduler], { authorize }))
  const server = createServer(express().use('/admin', router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`,
    close() {
      router.closeStreams()
      server.close()
      server.closeAllConnections()
    },
  }
}
