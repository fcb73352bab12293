import { createScheduler, toAdminStatusV2 } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { expect, it, onTestFinished } from 'vitest'

import { createTypeormSessions } from '../src/index.ts'
import { runsGoOn } from './live-scheduler.ts'
import { createTestBed, openStore } from './test-bed.ts'

const bed = await createTestBed()

it('answers on a pool of one connection that a handler holds, and names the job that does', async () => {
  const narrow = await bed.open({ poolSize: 1 })
  const { store } = await openStore(narrow)
  const holding = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const scheduler = createScheduler<EntityManager>({
    name: 'narrow',
    sessions: createTypeormSessions(narrow, { acquireTimeoutMs: 500 }),
    store,
    jobs: [
      {
        name: 'slow',
        schedule: { kind: 'every', periodMs: 250, anchorAt: 0 },
        handler: (context) =>
          context.withSession(async (session) => {
            await session.query('SELECT 1')
            holding.resolve()
            await release.promise
          }),
      },
    ],
  })
  onTestFinished(() => scheduler.close())
  await scheduler.open()
  await scheduler.snapshot({ maxAgeMs: 0 })
  await holding.promise

  const status = async () => toAdminStatusV2(await scheduler.snapshot({ maxAgeMs: 0 }))
  await expect.poll(async () => (await status()).scheduler.health.reasons, WAIT).toContain('POOL_EXHAUSTED')
  const { stale, sessions } = await status()
  expect(stale).toBe(true)
  expect(sessions.held.map(({ unit }) => unit)).toEqual(['job:slow'])
  expect(Date.parse(sessions.held[0]?.opened_at ?? '')).toBeLessThan(Date.now())

  release.resolve()
  await runsGoOn(scheduler)
  await expect
    .poll(async () => (await status()).scheduler.health, WAIT)
    .toEqual({ status: 'pass', reasons: [], details: [] })
})

const WAIT = { timeout: 10_000, interval: 50 }
