import { createMemoryBackend, createScheduler, every, type RunContext } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import express from 'express'
import request from 'supertest'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter, healthRouter, marketDataSchedulerRouter } from '../src/index.ts'

const T0 = Date.UTC(2025, 8, 16, 2)

/** A host with a real scheduler on the memory backend, whose store the test can make unavailable. */
async function openHost(handler: (context: RunContext) => unknown = () => {}) {
  const clock = createManualClock({ startAt: T0 })
  const backend = createMemoryBackend()
  let reachable = true
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    clock,
    jobs: [{ name: 'poll', schedule: every({ minutes: 15 }), handler }],
    providers: { describe: () => [{ name: 'yahoo_finance', enabled: true, apiKeyConfigured: null }] },
    store: backend.store,
    sessions: {
      async withSession(work, options) {
        if (reachable) return backend.sessions.withSession(work, options)
        throw new Error('connect ECONNREFUSED db.internal:5432')
      },
    },
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express()
    .use('/admin', adminSchedulerRouter(scheduler, { authorize, control: true }))
    .use('/market-data', marketDataSchedulerRouter(scheduler, { authorize }))
    .use(healthRouter(scheduler, { clock }))
  return {
    app: request(app),
    clock,
    scheduler,
    backend,
    cutOff: (cut: boolean) => {
      reachable = !cut
    },
  }
}

describe('a real scheduler behind the routers', () => {
  it('runs a job on demand, and both views report the same', async () => {
    const { app, clock, scheduler } = await openHost((context) => {
      context.report({ processed: 8 })
      context.recordCall({ provider: 'yahoo_finance', outcome: 'succeeded', answered: true, durationMs: 150 })
    })
    const { body } = await app.post('/admin/jobs/poll/run').send({ why: 'first look' }).expect(202)
    await scheduler.whenIdle()
    await clock.advance(1_000)
    const run = await app.get(`/admin/runs/${body.run_id}`).expect(200)
    expect(run.body).toMatchObject({ state: 'succeeded', trigger: 'manual', items: { processed: 8 }, error: null })
    // A page leaves out what each run was given, who commanded it, and what came before its last attempt.
    const { input, commands, past_attempts, error_stack, ...inPages } = run.body
    expect({ input, past_attempts, error_stack }).toEqual({ input: null, past_attempts: [], error_stack: null })
    expect(commands).toMatchObject([{ kind: 'run-job', by: 'ada', why: 'first look' }])
    expect((await app.get('/admin/runs?state=succeeded').expect(200)).body.items).toEqual([inPages])
    const admin = await app.get('/admin/status').expect(200)
    expect(admin.body).toMatchObject({ state: 'running', total_runs: 1, symbols_processed: 8, success_rate: 100 })
    const marketData = await app.get('/market-data/status').expect(200)
    expect(marketData.body).toEqual({
      scheduler: { state: 'running', next_run: admin.body.nextRun, interval_minutes: 15 },
      recent_activity: { total_symbols_processed: 8, success_rate: 100, avg_response_time_ms: 150 },
      provider_stats: { yahoo_finance: { enabled: true, success_rate: 100 } },
    })
    await app.get('/admin/status').set('if-none-match', String(admin.headers['etag'])).expect(304)
  })

  it('pauses and resumes, and logs who commanded it and why', async () => {
    const { app, clock } = await openHost()
    const until = new Date(T0 + 3_600_000).toISOString()
    const paused = await app.post('/admin/pause').send({ until, why: 'maintenance' }).expect(200)
    expect(paused.body).toMatchObject({ state: 'paused', changed: true, control: { paused_until: until, by: 'ada' } })
    expect((await app.post('/admin/pause').send({ until, why: 'maintenance' }).expect(200)).body.changed).toBe(false)
    const { version } = paused.body.control
    await app
      .post('/admin/resume')
      .send({ expected_version: version - 1 })
      .expect(409)
    await app.post('/admin/resume').send({ expected_version: version }).expect(200)
    await clock.advance(1_000)
    expect((await app.get('/admin/status')).body.state).toBe('running')
    const log = await app.get('/admin/log').expect(200)
    expect(log.body.items.map((entry: object) => entry)).toMatchObject([
      { kind: 'resume', by: 'ada', why: null },
      { kind: 'pause', by: 'ada', why: 'maintenance', until },
    ])
  })

  it('pages through the ledger by cursor, and refuses a foreign cursor', async () => {
    const { app, scheduler } = await openHost()
    for (let run = 0; run < 3; run++) {
      await app.post('/admin/jobs/poll/run').expect(202)
      await scheduler.whenIdle()
    }
    const first = await app.get('/admin/runs?limit=2').expect(200)
    expect(first.body.items).toHaveLength(2)
    const second = await app.get('/admin/runs').query({ limit: 2, cursor: first.body.next_cursor }).expect(200)
    expect(second.body).toMatchObject({ items: [{ kind: 'run' }], next_cursor: null })
    await app.get('/admin/runs?cursor=somebody-else').expect(400)
    await app.get('/admin/log?cursor=somebody-else').expect(400)
  })

  it('cancels a running run, and finds nothing to cancel the second time', async () => {
    const { app, scheduler } = await openHost(
      ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
    )
    const { body } = await app.post('/admin/jobs/poll/run').expect(202)
    await app.post(`/admin/runs/${body.run_id}/cancel`).send({ why: 'wrong day' }).expect(202)
    await scheduler.whenIdle()
    expect((await app.get(`/admin/runs/${body.run_id}`)).body.state).toBe('cancelled')
    await app.post(`/admin/runs/${body.run_id}/cancel`).expect(409)
  })

  it('serves the last snapshot while its store is unavailable, refuses commands, and recovers', async () => {
    const { app, clock, cutOff } = await openHost()
    const before = await app.get('/market-data/status').expect(200)
    await app.get('/health/ready').expect(200)
    cutOff(true)
    await clock.advance(2_000)
    const during = await app.get('/market-data/status').expect(200)
    expect(during.headers).toMatchObject({ age: '2', 'cache-status': expect.stringContaining('store-unavailable') })
    expect(during.body).toMatchObject({ scheduler: { state: 'error' }, recent_activity: before.body.recent_activity })
    expect(during.headers['etag']).not.toBe(before.headers['etag'])
    const refused = await app.post('/admin/stop').expect(503)
    expect(refused.headers['retry-after']).toBeDefined()
    await app.get('/admin/runs').expect(503)
    await app.get('/health/ready').expect(503, { status: 'fail' })
    await app.get('/health/live').expect(200)
    cutOff(false)
    await clock.advance(2_000)
    expect((await app.get('/market-data/status').expect(200)).headers['age']).toBeUndefined()
  })

  it('sends commands of another instance to event streams, and ends the streams when it closes', async () => {
    const { app, clock, scheduler, backend } = await openHost()
    const other = createScheduler({
      name: 'market_data_scheduler',
      clock,
      jobs: [
        { name: 'poll', schedule: every({ minutes: 15 }), handler: (context) => context.report({ processed: 8 }) },
      ],
      ...backend,
    })
    await other.open()
    onTestFinished(() => other.close({ graceMs: 0 }))
    let received = ''
    const stream = app.get('/market-data/events').parse((res, done) => {
      res.setEncoding('utf8')
      res.on('data', (chunk: string) => {
        received += chunk
      })
      res.on('end', () => done(null, null))
    })
    const ended = stream.then(({ status }) => status)
    await expect.poll(() => received).toContain('"total_symbols_processed":0')
    await other.runJob('poll')
    await other.whenIdle()
    const look = async () => {
      await clock.advance(250)
      return received
    }
    await expect.poll(look).toContain('"total_symbols_processed":8')
    await scheduler.close()
    expect(await ended).toBe(200)
  })

  it('is ready while it is stopped on purpose, and not ready once it is closed', async () => {
    const { app, clock, scheduler } = await openHost()
    await app.post('/admin/stop').expect(202)
    await clock.advance(1_000)
    await app.get('/health/ready').expect(200)
    await app.post('/admin/start').expect(200)
    await clock.advance(1_000)
    await app.get('/health/ready').expect(200)
    await scheduler.close()
    await app.get('/health/ready').expect(503)
    expect((await app.post('/admin/start').expect(409)).body.code).toBe('SCHEDULER_NOT_OPEN')
  })
})
