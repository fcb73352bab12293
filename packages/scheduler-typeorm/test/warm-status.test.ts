import { createScheduler, every } from '@pm/scheduler-core'
import { createFetchHandler } from '@pm/scheduler-core/http'
import { createManualClock } from '@pm/scheduler-testing'
import type { Logger } from 'typeorm'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

// What a status costs the database once its snapshot is taken, in what can be counted: nothing here is timed.

const bed = await createTestBed()

const STATUSES = [
  { view: 'admin', version: 'v1', path: '/status' },
  { view: 'admin', version: 'v2', path: '/status' },
  { view: 'market-data', version: 'v1', path: '/status' },
  { view: 'market-data', version: 'v2', path: '/status' },
] as const

const PROBES = ['/health/live', '/health/ready', '/health/data'] as const

describe('the database gets no statement for', () => {
  it.each(STATUSES)('a warm status: $view, $version', async ({ view, version, path }) => {
    const { handler, sent, tick } = await openHost({ view, version })
    const cold = await handler(to(path))
    expect(cold.status).toBe(200)
    expect(sent.length).toBeGreaterThan(0)
    sent.length = 0

    await tick(900)
    const bodies = new Set<string>()
    for (let each = 0; each < 20; each++) bodies.add(await (await handler(to(path))).text())
    expect([...bodies]).toEqual([await cold.text()])
    const etag = cold.headers.get('etag') ?? ''
    expect((await handler(to(path, { 'if-none-match': etag }))).status).toBe(304)
    expect(sent).toEqual([])
  })

  it('many callers of a cold status, but for those of one snapshot', async () => {
    const { handler, sent } = await openHost({ view: 'admin', version: 'v2' })
    await handler(to('/status'))
    const { handler: other, sent: sentByMany } = await openHost({ view: 'admin', version: 'v2' })
    await Promise.all(Array.from({ length: 50 }, () => other(to('/status'))))
    expect(sentByMany.length).toBe(sent.length)
  })

  it.each(PROBES)('the probe %s beside a warm status', async (path) => {
    const { handler, sent } = await openHost({ view: 'health' })
    for (const probe of PROBES) expect((await handler(to(probe))).status).toBe(200)
    sent.length = 0
    for (let each = 0; each < 20; each++) expect((await handler(to(path))).status).toBe(200)
    expect(sent).toEqual([])
  })
})

type Mount = Omit<(typeof STATUSES)[number], 'path'> | { readonly view: 'health' }

/**
 * An observer of a scheduler that a worker has left behind. Its clock stands still, and it has nothing to prune or renew:
 * what it sends is sent for a request.
 */
async function openHost(mount: Mount) {
  const sent: string[] = []
  const logger = new Proxy({} as Logger, { get: () => (query: string) => sent.push(query) })
  const dataSource = await bed.open({ settings: { logging: true, logger } })
  const { sessions, store } = await openStore(dataSource)
  const clock = createManualClock()
  const common = { name: 'warm', sessions, store, clock }
  const jobs = [{ name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }]
  const worker = createScheduler({ ...common, jobs })
  await worker.open()
  await worker.runJob('poll')
  await worker.whenIdle()
  await worker.close()
  const observer = createScheduler({ ...common, role: 'observer' })
  await observer.open()
  onTestFinished(() => observer.close())
  sent.length = 0
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  return {
    handler: createFetchHandler(observer, { ...mount, authorize }),
    sent,
    tick: (ms: number) => clock.advance(ms),
  }
}

function to(path: string, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request(`http://localhost${path}`, { headers })
}
