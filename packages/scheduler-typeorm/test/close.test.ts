import { createScheduler, type Logger, type RunContext, type SchedulerOptions } from '@pm/scheduler-core'
import { createLeakSentinel, createTcpProxy } from '@pm/scheduler-testing'
import { createStallMeter } from '@pm/testlab'
import { DataSource, type EntityManager } from 'typeorm'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'

import { createTypeormSessions, migrateScheduler } from '../src/index.ts'
import { createTypeormStore } from '../src/store/create-typeorm-store.ts'
import { within } from './live-scheduler.ts'
import { createTestBed, dataSourceOptions } from './test-bed.ts'

const GRACE_MS = 300

const bed = await createTestBed()
await migrateScheduler(await bed.open({ poolSize: 1 }))

const sentinel = createLeakSentinel()
beforeEach(() => sentinel.begin())
afterEach(() => sentinel.check())

it.for([
  ['a handler that ends soon', 'a handler at work'],
  ['a handler that holds a session', 'a handler with a session'],
] as const)('closes in time after its DataSource was destroyed under %s', async ([, kind]) => {
  const dataSource = await new DataSource(dataSourceOptions(bed.url, 4)).initialize()
  const busy = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const scheduler = schedulerOn(dataSource, async (context) => {
    if (kind === 'a handler at work') {
      busy.resolve()
      return release.promise
    }
    await context.withSession(async (session) => {
      await session.query('SELECT 1')
      busy.resolve()
      await release.promise
    })
  })
  await scheduler.open()
  await busy.promise
  await dataSource.destroy()
  release.resolve()
  await within(5_000, () => scheduler.state === 'error')
  expect(await timeToClose(scheduler)).toBeLessThan(GRACE_MS + 500)
  expect(scheduler.state).toBe('stopped')
})

it('rejects with STORE_UNAVAILABLE, not with an error of TypeORM, once its DataSource is destroyed', async () => {
  const dataSource = await new DataSource(dataSourceOptions(bed.url, 2)).initialize()
  const sessions = createTypeormSessions(dataSource)
  await dataSource.destroy()
  await expect(sessions.withSession(async () => {}, { unit: 'late' })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    details: { operation: 'late' },
  })
})

it('closes in time while the network to the database is cut, even with a command and a run in progress', async () => {
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: Number(new URL(bed.url).port) } })
  const url = new URL(bed.url)
  url.port = String(proxy.port)
  const dataSource = await new DataSource(dataSourceOptions(url.href, 4)).initialize()
  const busy = Promise.withResolvers<void>()
  const scheduler = schedulerOn(dataSource, () => {
    busy.resolve()
    return new Promise(() => {})
  })
  await scheduler.open()
  await busy.promise
  proxy.set({ kind: 'black-hole' })
  const command = expect(scheduler.pause()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(await timeToClose(scheduler)).toBeLessThan(GRACE_MS + 500)
  await command
  await proxy.close()
  await dataSource.destroy()
})

function schedulerOn(dataSource: DataSource, handler: (context: RunContext<EntityManager>) => unknown) {
  const scheduler = createScheduler<EntityManager>({
    name: `close-${performance.now()}`.replace('.', '-'),
    sessions: createTypeormSessions(dataSource, { acquireTimeoutMs: 1_000, answerTimeoutMs: 3_000 }),
    store: createTypeormStore(),
    graceMs: GRACE_MS,
    logger: brokenLogger,
    jobs: [{ name: 'poll', schedule: { kind: 'every', periodMs: 200, anchorAt: 0 }, handler }],
  } satisfies SchedulerOptions<EntityManager>)
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  return scheduler
}

/** How long `close` takes, minus the time for which this process was stalled. */
async function timeToClose(scheduler: { close(): Promise<void> }): Promise<number> {
  const meter = createStallMeter()
  const began = performance.now()
  await scheduler.close()
  const tookMs = performance.now() - began
  meter.stop()
  return tookMs - meter.totalMs
}

const broken = () => {
  throw new Error('the log is full')
}
const brokenLogger: Logger = { debug: broken, info: broken, warn: broken, error: broken }
