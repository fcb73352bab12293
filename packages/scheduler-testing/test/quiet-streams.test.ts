import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { createHttpService, type HttpServiceOptions, type PlainRequest } from '@pm/scheduler-core/http'
import { expect, it, onTestFinished } from 'vitest'

import { createManualClock } from '../src/index.ts'

const MINUTE = 60_000

const EVENTS: PlainRequest = {
  method: 'GET',
  params: {},
  query: '',
  hosts: [],
  header: () => null,
  readBody: async () => ({ kind: 'none' }),
}

it.each([
  ['admin', 'v1'],
  ['admin', 'v2'],
  ['market-data', 'v1'],
  ['market-data', 'v2'],
] as const)('a stream of %s in %s brings nothing while only the uptime changes', async (view, version) => {
  const clock = createManualClock()
  const jobs = [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }]
  const scheduler = createScheduler({ name: 'quiet', clock, jobs, ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const live = { maxConnectionMs: 80_000_000 }
  const options: HttpServiceOptions<null> = { view, version, authorize, clock, live }
  const { stream } = await createHttpService<null>(scheduler, options).answer({
    path: '/events',
    request: EVENTS,
    native: null,
  })
  let text = ''
  stream?.open({
    write(bytes) {
      text += Buffer.from(bytes).toString()
      return true
    },
    end() {},
    destroy() {},
  })
  const frames = () => text.match(/^event: status$/gm)?.length ?? 0

  await clock.advance(MINUTE)
  const atFirst = frames()
  await clock.advance(10 * MINUTE)
  expect(frames() - atFirst).toBe(0)
  await clock.advance(5 * MINUTE)
  expect(frames()).toBeGreaterThan(atFirst)
  stream?.closed()
})
