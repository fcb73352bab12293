import { createMemoryBackend, every } from '@pm/scheduler-core'
import { createManualScheduler } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

it('is null where the memory backend has dropped the minutes, and known by the hour', async () => {
  const jobs = [{ name: 'poll', schedule: every({ minutes: 10 }), handler: () => {} }]
  const manual = await createManualScheduler({ jobs, ...createMemoryBackend({ maxBucketBytes: 1 }) })
  onTestFinished(manual.close)
  await manual.advance(6 * HOUR)
  const { scheduler, startedAt } = manual
  const range = { metric: 'total_runs', from: startedAt, to: startedAt + 6 * HOUR } as const

  const minutes = await scheduler.history({ ...range, stepMs: 10 * MINUTE })
  expect(minutes.knownFrom).toBe(startedAt + 5 * HOUR)
  expect(minutes.points.slice(0, 30).every(({ value }) => value === null)).toBe(true)
  expect(minutes.points.slice(30).map(({ value }) => value)).toEqual([1, 1, 1, 1, 1, 1])

  const hours = await scheduler.history({ ...range, stepMs: HOUR })
  expect(hours.knownFrom).toBe(startedAt)
  expect(hours.points.map(({ value }) => value)).toEqual([6, 6, 6, 6, 6, 6])
})
