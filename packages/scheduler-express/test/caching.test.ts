import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import express from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter, marketDataSchedulerRouter } from '../src/index.ts'

describe('caching of /status', () => {
  it('takes one snapshot for all readers of both views, and does not read the store while it is fresh', async () => {
    const { read, clock, units } = await openHost()
    const before = units()
    const first = await Promise.all(
      Array.from({ length: 50 }, (_, reader) => read(reader % 2 ? '/admin' : '/market-data')),
    )
    expect(units() - before).toBe(1)
    expect(new Set(first.map(({ id }) => id)).size).toBe(1)
    await clock.advance(999)
    const warm = units()
    for (let again = 0; again < 20; again++) await read('/admin')
    expect(units()).toBe(warm)
    // The loops of the scheduler read the store too as time passes.
    await clock.advance(1)
    const expired = units()
    const second = await Promise.all(Array.from({ length: 50 }, () => read('/admin')))
    expect(units() - expired).toBe(1)
    expect(second[0]?.id).not.toBe(first[0]?.id)
  })

  it('serves the same bytes for a snapshot, with the id of the snapshot as ETag', async () => {
    const { read, clock } = await openHost()
    const { text, etag } = await read('/admin')
    await clock.advance(500)
    expect(await read('/admin')).toMatchObject({ text, etag, age: null })
    expect(etag).toMatch(/^"[0-9a-f]+-\d+\.admin\.v1"$/)
    const answer = await read('/admin', { 'if-none-match': etag })
    expect(answer).toMatchObject({ status: 304, text: '', etag })
  })

  it('answers within 250 ms while the store hangs, with the last snapshot and its age', async () => {
    const { read, clock, hang } = await openHost()
    const { text, etag } = await read('/market-data')
    await clock.advance(5_000)
    hang()
    const idleTimers = clock.pendingTimers
    const asked = Promise.all([read('/market-data'), read('/market-data')])
    // Both requests wait for the snapshot now; the clock advances exactly to the bound.
    await expect.poll(() => clock.pendingTimers).toBe(idleTimers + 2)
    await clock.advance(250)
    for (const answer of await asked) expect(answer).toMatchObject({ status: 200, text, etag, age: '5' })
  })
})

async function openHost() {
  const clock = createManualClock()
  const backend = createMemoryBackend()
  let opened = 0
  let isHanging = false
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    clock,
    jobs: [{ name: 'poll', schedule: every({ hours: 1 }), handler: () => {} }],
    store: backend.store,
    sessions: {
      async withSession(work, options) {
        if (options?.readOnly) {
          opened++
          if (isHanging) await new Promise(() => {})
        }
        return backend.sessions.withSession(work, options)
      },
    },
  })
  await scheduler.open()
  onTestFinished(() => {
    isHanging = false
    return scheduler.close({ graceMs: 0 })
  })
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express()
    .use('/admin', adminSchedulerRouter(scheduler, { authorize }))
    .use('/market-data', marketDataSchedulerRouter(scheduler, { authorize }))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  return {
    clock,
    /** The number of read-only units of work; a snapshot is one. */
    units: () => opened,
    hang: () => {
      isHanging = true
    },
    async read(view: '/admin' | '/market-data', headers: Readonly<Record<string, string>> = {}) {
      const response = await fetch(`http://127.0.0.1:${port}${view}/status`, { headers })
      const etag = response.headers.get('etag') ?? ''
      const id = /[0-9a-f]+-\d+/.exec(etag)?.[0]
      return { status: response.status, text: await response.text(), etag, id, age: response.headers.get('age') }
    },
  }
}
