import { createMemoryBackend, createScheduler, type SchedulerOptions } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createManualClock } from '../src/manual-clock.ts'

it('holds its process with one handle from the begin of open to the end of close', async () => {
  const { scheduler, held, clock } = stage({ jobs: [job(() => new Promise(() => {}))] })
  expect(held()).toBe(0)
  const opening = scheduler.open()
  await clock.advance(0)
  expect(held()).toBe(1)
  await opening
  await scheduler.open()
  await clock.advance(1_000)
  expect(held()).toBe(1)
  const closing = scheduler.close({ graceMs: 1_000 })
  await clock.advance(999)
  expect(held()).toBe(1)
  await clock.advance(501)
  await closing
  expect(held()).toBe(0)
  await scheduler.open()
  expect(held()).toBe(1)
  const again = scheduler.close({ graceMs: 0 })
  await clock.advance(500)
  await again
  expect(held()).toBe(0)
})

it('holds nothing when it could not be opened', async () => {
  const withSession = () => Promise.reject(new Error('the database is away'))
  const { scheduler, held } = stage({ sessions: { withSession } })
  await expect(scheduler.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(held()).toBe(0)
})

it('holds nothing when the host says so, and is told so in no other way than by true or false', async () => {
  const { scheduler, held } = stage({ keepAlive: false })
  await scheduler.open()
  expect(held()).toBe(0)
  await scheduler.close()
  expect(() => stage({ keepAlive: 'no' as never })).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: 'scheduler.keepAlive' }),
    }),
  )
})

it('holds nothing by a manual clock: a test that forgets to close ends', () => {
  expect(createManualClock()).not.toHaveProperty('hold')
})

function stage(options: Partial<SchedulerOptions<object>>) {
  let count = 0
  const manual = createManualClock()
  const hold = () => {
    count++
    return { cancel: () => void count-- }
  }
  const scheduler = createScheduler<object>({
    name: 'kept',
    jobs: [job(() => {})],
    ...(createMemoryBackend() as Pick<SchedulerOptions<object>, 'sessions' | 'store'>),
    clock: { ...manual, hold },
    ...options,
  })
  return { scheduler, clock: manual, held: () => count }
}

function job(handler: () => unknown): SchedulerOptions<object>['jobs'][number] {
  return { name: 'poll', schedule: { kind: 'every', periodMs: 1_000, anchorAt: 0 }, handler }
}
