import { createManualScheduler } from '@pm/scheduler-testing'
import { expect, it, onTestFinished } from 'vitest'

import { every } from '../schedule/every.ts'

const jobs = [{ name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }]

it('slow feeds do not delay the numbers that were read before them', async () => {
  const gate = Promise.withResolvers<readonly []>()
  const feeds = {
    read: () => gate.promise,
    judge: () => ({ status: 'fresh', expectedBy: null }) as const,
    timeoutMs: 50,
  }
  const manual = await createManualScheduler({ jobs, feeds })
  onTestFinished(manual.close)
  const reading = manual.scheduler.snapshot({ maxAgeMs: 0 })
  await manual.clock.advance(50)
  const { snapshot, stale } = await reading
  expect(stale).toBe(false)
  expect(snapshot).toMatchObject({ jobs: [{ name: 'poll' }], feeds: { items: null, error: 'FEEDS_TIMED_OUT' } })
  // Its unit of work ends when the reader does.
  expect(snapshot.sessions.open).toBe(1)
  gate.resolve([])
  await manual.advance(0)
  expect((await manual.snapshot()).feeds).toMatchObject({ items: [], error: null })
})

it('has no process reading when nobody measures the process', async () => {
  const manual = await createManualScheduler({ jobs, processProbe: null })
  onTestFinished(manual.close)
  expect((await manual.snapshot()).process).toBeNull()
})
