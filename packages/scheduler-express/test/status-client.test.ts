import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, every, type RunContext } from '@pm/scheduler-core'
import { type Connection, createStatusClient, type StatusClient, StatusClientError } from '@pm/scheduler-core/client'
import { createManualClock } from '@pm/scheduler-testing'
import express, { type Express } from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '../src/index.ts'

describe('the status client', () => {
  it('reads every view, and commands', async () => {
    const { client, scheduler } = await openServer()
    expect(await client.admin.status()).toMatchObject({ state: 'running', total_runs: 0, success_rate: null })
    expect(await client.marketData.status()).toMatchObject({ recent_activity: { total_symbols_processed: 0 } })
    expect((await client.admin.jobs()).items).toHaveLength(1)
    const { run_id: id } = await client.admin.runJob('poll', { why: 'first look' })
    await scheduler.whenIdle()
    expect(await client.admin.run(id)).toMatchObject({ state: 'succeeded', items: { processed: 8 } })
    expect((await client.admin.runs({ limit: 1, state: 'succeeded' })).items).toHaveLength(1)
    expect(await client.admin.pauseJob('poll')).toMatchObject({ changed: true })
    expect((await client.admin.log({ limit: 10 })).items[0]).toMatchObject({ kind: 'pause-job', by: 'ada' })
    expect(await client.admin.configureJob('poll', { timeout_ms: 5_000 })).toMatchObject({ changed: true })
    expect(await client.admin.config()).toMatchObject({ version: expect.any(Number) })
    expect((await client.admin.definitions()).items).not.toHaveLength(0)
    expect((await client.marketData.definitions()).items).not.toHaveLength(0)
    expect(await client.marketData.freshness()).toMatchObject({ total: 0, items: [], next_cursor: null })
    expect(await client.health.live()).toEqual({ status: 'pass' })
    expect(await client.health.data()).toEqual({ status: 'pass' })
    await scheduler.close()
    expect(await client.health.ready()).toEqual({ status: 'fail' })
  })

  it('reads and follows version 2 where that is mounted', async () => {
    const { second, scheduler, clock } = await openServer()
    expect(await second.admin.status()).toMatchObject({ stale: false, windows: { lifetime: { total_runs: 0 } } })
    expect(await second.marketData.status()).toMatchObject({
      stale: false,
      feeds_attention: { total: 0, items: [] },
    })
    const totals: (number | null)[] = []
    const changes: unknown[] = []
    const subscription = second.admin.subscribe({
      onStatus(status, { changed }) {
        totals.push(status.windows.lifetime.total_runs)
        changes.push(changed.jobs)
      },
    })
    onTestFinished(() => subscription.close())
    await expect.poll(() => totals).toEqual([0])
    await second.admin.runJob('poll')
    await scheduler.whenIdle()
    await clock.advance(250)
    await expect.poll(() => totals.at(-1)).toBe(1)
    expect(subscription.connection).toBe('live')
    expect([changes[0], changes.at(-1)]).toEqual(['many', ['poll']])
  })

  it('asks version 2 how a number came about, of all together and of one job', async () => {
    const { second, scheduler } = await openServer()
    await second.admin.runJob('poll')
    await scheduler.whenIdle()
    const { explain, ...rest } = await second.admin.status({ explain: 'success_rate', fields: 'scheduler' })
    expect(explain?.values[0]).toMatchObject({ of: 'all', window: 'lifetime', value: 100, counts: { succeeded: 1 } })
    expect(rest).not.toHaveProperty('windows')
    const { explain: ofJob } = await second.admin.jobs({ explain: 'success_rate', search: 'poll', fields: 'name' })
    expect(ofJob?.values.find(({ of }) => of === 'job')).toMatchObject({ name: 'poll', value: 100 })
    expect((await second.marketData.status({ explain: 'items_processed' })).explain).toMatchObject({
      id: 'items_processed',
    })
    const { explain: ofFeeds } = await second.marketData.freshness({ explain: 'feed_age_seconds', fields: 'status' })
    expect(ofFeeds?.values).toEqual([])
    expect((await second.admin.status()).explain).toBeUndefined()
  })

  it('rejects with the error code of the server, or with its own code when no usable answer came', async () => {
    const { client, url, stop } = await openServer()
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error) => error,
      )
    expect(await failure(client.admin.job('nothing'))).toMatchObject({ code: 'JOB_NOT_FOUND', status: 404 })
    expect(await failure(client.admin.resume({ expected_version: 99 }))).toMatchObject({ code: 'CONTROL_CONFLICT' })
    const stranger = createStatusClient({ baseUrl: url })
    expect(await failure(stranger.admin.status())).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 })
    const lost = createStatusClient({ baseUrl: url, paths: { admin: '/elsewhere' } })
    expect(await failure(lost.admin.status())).toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 404 })
    await stop()
    expect(await failure(client.admin.status())).toMatchObject({ code: 'UNREACHABLE', status: null })
    expect(await failure(client.admin.status())).toBeInstanceOf(StatusClientError)
  })

  it('follows the status live, and reconnects to a server that was away', async () => {
    const { client, scheduler, clock, stop, start } = await openServer()
    const follower = follow(client)
    await expect.poll(() => follower.totals()).toEqual([0])
    expect(follower.subscription.connection).toBe('live')
    await client.admin.runJob('poll')
    await scheduler.whenIdle()
    await clock.advance(250)
    await expect.poll(() => follower.totals().at(-1)).toBe(1)
    await stop()
    await expect.poll(() => follower.subscription.connection).toBe('waiting')
    await start()
    await clock.advance(60_000)
    await expect.poll(() => follower.subscription.connection).toBe('live')
    expect(follower.errors.length).toBeGreaterThan(0)
    expect(follower.connections).toEqual(['live', 'waiting', 'live'])
  })

  it('polls when streams are blocked, and downloads only new statuses', async () => {
    const answers: number[] = []
    const { client, clock, scheduler } = await openServer((app) => {
      app.use('/api/v1/admin/scheduler/events', (_req, res) => void res.status(404).end())
      app.use('/api/v1/admin/scheduler/status', (_req, res, next) => {
        res.on('finish', () => answers.push(res.statusCode))
        next()
      })
    })
    const follower = follow(client, { pollMs: 200 })
    await expect.poll(() => follower.totals()).toEqual([0])
    expect(follower.connections).toEqual(['polling'])
    await clock.advance(200)
    await expect.poll(() => answers).toEqual([200, 304])
    await client.admin.runJob('poll')
    await scheduler.whenIdle()
    await clock.advance(1_000)
    await expect.poll(() => follower.totals()).toEqual([0, 1])
  })

  it('polls when a proxy holds back even the head of the stream, and tries the stream again after a minute', async () => {
    const held = Promise.withResolvers<void>()
    let isHolding = true
    const { client, clock } = await openServer((app) => {
      app.use('/api/v1/admin/scheduler/events', (_req, _res, next) => {
        if (isHolding) held.resolve()
        else next()
      })
    })
    const follower = follow(client)
    await held.promise
    await clock.advance(4_999)
    expect(follower.connections).toEqual([])
    await clock.advance(1)
    await expect.poll(() => follower.connections).toEqual(['polling'])
    await expect.poll(() => follower.totals()).toEqual([0])
    expect(follower.errors).toEqual([])
    isHolding = false
    await clock.advance(62_000)
    await expect.poll(() => follower.connections).toEqual(['polling', 'live'])
  })

  it('polls when a buffer on the way passes on how a stream begins, and keeps the status', async () => {
    const { client, clock } = await openServer((app) => app.use('/api/v1/admin/scheduler/events', keepAllButBeginning))
    const follower = follow(client)
    const seen = async () => {
      await clock.advance(1_000)
      return follower.connections
    }
    await expect.poll(seen).toEqual(['polling'])
    await expect.poll(() => follower.totals()).toEqual([0])
    expect(follower.errors).toEqual([])
  })

  it('polls when of a resumed stream nothing comes but how it begins', async () => {
    let isKeeping = false
    const { client, clock, stop, start } = await openServer((app) =>
      app.use('/api/v1/admin/scheduler/events', (req, res, next) => {
        if (isKeeping) keepAllButBeginning(req, res, next)
        else next()
      }),
    )
    const follower = follow(client)
    await expect.poll(() => follower.connections).toEqual(['live'])
    isKeeping = true
    await stop()
    await expect.poll(() => follower.connections).toEqual(['live', 'waiting'])
    await start()
    const seen = async () => {
      await clock.advance(1_000)
      return follower.connections.slice(0, 4)
    }
    await expect.poll(seen, { timeout: 5_000 }).toEqual(['live', 'waiting', 'live', 'polling'])
  })

  it('polls when a proxy has waited for the end of the stream, and answers in its place', async () => {
    const { client } = await openServer((app) => {
      app.use('/api/v1/admin/scheduler/events', (_req, res) => void res.status(504).end())
    })
    const follower = follow(client)
    await expect.poll(() => follower.totals()).toEqual([0])
    expect(follower.connections).toEqual(['polling'])
  })

  it('says that it waits, and not that it polls, when nothing answers at all', async () => {
    const asked: string[] = []
    const { client, clock } = await openServer((app) => app.use((req, _res) => void asked.push(req.path)))
    const follower = follow(client)
    await expect.poll(() => asked).toHaveLength(1)
    await clock.advance(5_000)
    await expect.poll(() => asked).toEqual([expect.stringContaining('/events'), expect.stringContaining('/status')])
    await clock.advance(10_000)
    await expect.poll(() => follower.errors.map(({ code }) => code)).toEqual(['UNREACHABLE'])
    expect(follower.connections).toEqual([])
  })

  it('calls no listener after it was closed', async () => {
    const { client, clock } = await openServer()
    const follower = follow(client)
    await expect.poll(() => follower.totals()).toEqual([0])
    follower.subscription.close()
    await clock.advance(5_000)
    expect(follower.totals()).toEqual([0])
    expect(follower.errors).toEqual([])
  })

  it('goes on when its listener throws, and reports the error', async () => {
    const { client, clock, scheduler } = await openServer()
    const errors: unknown[] = []
    let told = 0
    const subscription = client.admin.subscribe({
      onStatus() {
        told++
        throw new Error('the page has a bug')
      },
      onError: (error) => void errors.push(error),
    })
    onTestFinished(() => subscription.close())
    await expect.poll(() => told).toBe(1)
    await client.admin.runJob('poll')
    await scheduler.whenIdle()
    await clock.advance(1_000)
    await expect.poll(() => told).toBeGreaterThan(1)
    expect(errors[0]).toMatchObject({ cause: { message: 'the page has a bug' } })
    expect(subscription.connection).toBe('live')
  })
})

/** A proxy with a buffer of 4 KB, which passes on what fills it. */
function keepAllButBeginning(_req: express.Request, res: express.Response, next: express.NextFunction): void {
  const write = res.write.bind(res)
  let written = 0
  Object.assign(res, { write: (bytes: Uint8Array) => (written++ === 0 ? write(bytes) : true) })
  next()
}

async function openServer(prepare: (app: Express) => unknown = () => {}) {
  const clock = createManualClock()
  const handler = (context: RunContext) => context.report({ processed: 8 })
  const jobs = [{ name: 'poll', schedule: every({ minutes: 15 }), handler }]
  const scheduler = createScheduler({ name: 'market_data_scheduler', clock, jobs, ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const app = express()
  prepare(app)
  const options = {
    clock,
    authorize: (req: express.Request) =>
      req.get('authorization') === 'Bearer ada'
        ? ({ allow: true, principal: { name: 'ada' } } as const)
        : ({ allow: false, reason: 'unauthenticated' } as const),
  }
  app
    .use('/api/v1/admin/scheduler', adminSchedulerRouter(scheduler, { ...options, control: true }))
    .use('/api/v1/market-data/scheduler', marketDataSchedulerRouter(scheduler, options))
    .use('/api/v2/admin/scheduler', adminSchedulerRouter(scheduler, { ...options, version: 'v2', control: true }))
    .use('/api/v2/market-data/scheduler', marketDataSchedulerRouter(scheduler, { ...options, version: 'v2' }))
    .use(healthRouter(scheduler))
  const server = createServer(app)
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections())
  onTestFinished(stop)
  const url = `http://127.0.0.1:${port}`
  const headers = async () => ({ authorization: 'Bearer ada' })
  return {
    client: createStatusClient({ baseUrl: url, headers, clock }),
    second: createStatusClient({ baseUrl: url, version: 'v2', headers, clock }),
    url,
    clock,
    scheduler,
    stop,
    start: () => listen(port),
  }
}

function follow(client: StatusClient, options: { readonly pollMs?: number } = {}) {
  const told: number[] = []
  const errors: StatusClientError[] = []
  const connections: Connection[] = []
  const subscription = client.admin.subscribe({
    ...options,
    onStatus: ({ total_runs: total }) => void told.push(total),
    onConnection: (connection) => void connections.push(connection),
    onError: (error) => void errors.push(error),
  })
  onTestFinished(() => subscription.close())
  return { totals: () => told, errors, connections, subscription }
}
