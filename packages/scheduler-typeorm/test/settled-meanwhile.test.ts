import { createScheduler, every, type RunId } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

it('starts a run once, although it settles after a tick has read it as running', async () => {
  const { sessions, store } = await openStore(dataSource)
  const started: RunId[] = []
  const release = Promise.withResolvers<void>()
  const settled = Promise.withResolvers<void>()
  let looks = 0
  const scheduler = createScheduler<EntityManager>({
    name: 'meanwhile',
    sessions,
    store: {
      ...store,
      async lockJobs(session, input) {
        const found = await store.lockJobs(session, input)
        if (found.jobs.some(({ running }) => running.length > 0) && looks++ === 0) {
          // The tick holds the lock of the job, and what it has read is no longer so.
          release.resolve()
          await settled.promise
        }
        return found
      },
    },
    jobs: [
      {
        name: 'poll',
        schedule: every({ milliseconds: 250 }),
        overlapPolicy: 'allow',
        async handler({ runId }) {
          started.push(runId)
          if (started.length === 1) await release.promise
        },
      },
    ],
  })
  scheduler.on('run-settled', ({ runId }) => {
    if (runId === started[0]) settled.resolve()
  })
  await scheduler.open()
  await expect.poll(() => started.length).toBeGreaterThan(4)
  await scheduler.close()
  expect(looks).toBeGreaterThan(0)
  expect(new Set(started).size).toBe(started.length)
})
