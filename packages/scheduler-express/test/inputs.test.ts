import { createMemoryBackend, createScheduler, defineJob, every, secretInput, z } from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import express from 'express'
import request from 'supertest'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter } from '../src/index.ts'

const T0 = Date.UTC(2025, 8, 16, 2)
const PIN = 'canary-4711'

/** A host whose job `send` needs an input; the jobs `eu.a` and `eu.b`, and as many more as asked for, take none. */
async function openHost({ more = 0 } = {}) {
  const clock = createManualClock({ startAt: T0 })
  const seen: unknown[] = []
  const send = defineJob({
    name: 'send',
    schedule: null,
    input: z.object({ to: z.string().min(1), amount: z.number(), pin: secretInput(z.string()).optional() }),
    handler: (ctx) => void seen.push(ctx.input),
  })
  const others = ['eu.a', 'eu.b', ...Array.from({ length: more }, (_, index) => `eu.${index}`)].map((name) =>
    defineJob({ name, schedule: every({ minutes: 15 }), tags: ['eu'], owner: 'desk', handler: () => {} }),
  )
  const scheduler = createScheduler({ name: 'host', clock, jobs: [send, ...others], ...createMemoryBackend() })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const app = express().use('/admin', adminSchedulerRouter(scheduler, { authorize, control: true }))
  return { app: request(app), scheduler, seen }
}

describe('a run with an input', () => {
  it('gets it from the body, and shows it by itself without its secrets, and on no page', async () => {
    const { app, scheduler, seen } = await openHost()
    const input = { to: 'ada', amount: 5, pin: PIN }
    const { body } = await app.post('/admin/jobs/send/run').send({ input, why: 'rent' }).expect(202)
    await scheduler.whenIdle()
    expect(seen).toEqual([input])
    const run = await app.get(`/admin/runs/${body.run_id}`).expect(200)
    expect(run.body).toMatchObject({ state: 'succeeded', input: { to: 'ada', amount: 5, pin: '[redacted]' } })
    const page = await app.get('/admin/runs').expect(200)
    expect(page.body.items).toHaveLength(1)
    expect(page.body.items[0]).not.toHaveProperty('input')
  })

  it.each<readonly [string, object, string]>([
    ['no body', {}, 'body.input.to: expected text.'],
    ['an input that is null', { input: null }, 'body.input.to: expected text.'],
    ['a field of another type', { input: { to: 'ada', amount: PIN } }, 'body.input.amount: expected a finite number.'],
    [
      'a misspelt field',
      { input: { to: 'ada', amuont: 5 } },
      'body.input: expected no fields but to, amount, pin. Did you mean "amount"?',
    ],
    ['a list', { input: [PIN] }, 'body.input: expected an object.'],
    [
      'a misspelt body',
      { inptu: {} },
      'body: expected no fields but input, why, expected_version. Did you mean "input"?',
    ],
  ])('is refused with %s, and nothing is done', async (_what, sent, detail) => {
    const { app, scheduler, seen } = await openHost()
    const answer = await app.post('/admin/jobs/send/run').send(sent).expect(400)
    expect(answer.body.detail).toBe(detail)
    expect(answer.text).not.toContain(PIN)
    await scheduler.whenIdle()
    expect([seen, (await scheduler.listRuns()).items, (await scheduler.control()).version]).toEqual([[], [], 0])
  })

  it('is refused for a job that takes none', async () => {
    const { app } = await openHost()
    const answer = await app
      .post('/admin/jobs/eu.a/run')
      .send({ input: { x: 1 } })
      .expect(400)
    expect(answer.body).toMatchObject({
      code: 'INVALID_INPUT',
      detail: 'body.input: expected no input: this job takes none.',
    })
  })

  it('is described by the job and by the OpenAPI document of this very scheduler', async () => {
    const { app } = await openHost()
    const schema = {
      type: 'object',
      required: ['to', 'amount'],
      properties: { to: { type: 'string', minLength: 1 }, amount: { type: 'number' }, pin: { writeOnly: true } },
    }
    expect((await app.get('/admin/jobs/send').expect(200)).body.input).toMatchObject({ schema, is_required: true })
    expect((await app.get('/admin/jobs/eu.a').expect(200)).body.input).toBeNull()
    const { body } = await app.get('/admin/openapi.json').expect(200)
    const described = body.paths['/jobs/send/run'].post.requestBody.content['application/json'].schema
    expect(described).toMatchObject({ required: ['input'], properties: { input: schema, why: { type: 'string' } } })
    expect(Object.keys(body.paths)).not.toContain('/jobs/eu.a/run')
  })
})

describe('a command to several jobs', () => {
  it('says whom it would meet, and meets exactly these', async () => {
    const { app, scheduler } = await openHost()
    const dry = await app
      .post('/admin/pause-jobs')
      .send({ tags: ['eu'], dry_run: true })
      .expect(200)
    expect(dry.body).toEqual({ dry_run: true, match: dry.body.match, count: 2, jobs: ['eu.a', 'eu.b'] })
    expect((await scheduler.control()).version).toBe(0)
    const asked = { tags: ['eu'], expected_match: dry.body.match, why: 'month end', until: '2025-09-17T00:00:00Z' }
    const done = await app.post('/admin/pause-jobs').send(asked).expect(200)
    expect(done.body).toMatchObject({ dry_run: false, changed: true, count: 2, jobs: ['eu.a', 'eu.b'], left: [] })
    expect(Object.keys(done.body.control.jobs)).toEqual(['eu.a', 'eu.b'])
    const other = await app.post('/admin/resume-jobs').send({ ...asked, until: undefined, tags: ['us'] })
    expect(other).toMatchObject({ status: 412, body: { code: 'JOBS_CHANGED' } })
    expect((await app.post('/admin/resume-jobs').send({ owner: 'desk' }).expect(200)).body.count).toBe(2)
    const ran = await app.post('/admin/run-jobs').send({ search: 'EU', why: 'again' }).expect(200)
    expect(ran.body.runs).toMatchObject([{ job: 'eu.a' }, { job: 'eu.b' }])
  })

  it('answers a repeat to the byte, although its filter meets another job by then', async () => {
    const { app, scheduler } = await openHost()
    const ask = () =>
      app
        .post('/admin/pause-jobs')
        .set('Idempotency-Key', 'k')
        .send({ tags: ['eu'] })
    const first = await ask().expect(200)
    await scheduler.addJob({ name: 'eu.late', schedule: null, tags: ['eu'], handler: () => {} })
    const again = await ask().expect(200).expect('Idempotent-Replayed', 'true')
    expect(again.text).toBe(first.text)
    expect(first.body).toMatchObject({ count: 2, jobs: ['eu.a', 'eu.b'], left: [] })
  })

  it.each<readonly [string, string, object, string]>([
    [
      'no condition',
      'run-jobs',
      { why: 'all' },
      'body: expected one of search, tags, owner; POST /pause is for all jobs',
    ],
    ['a misspelt condition', 'pause-jobs', { tag: 'eu' }, 'body: expected no fields but search, tags, owner'],
    ['a tag that is none', 'pause-jobs', { tags: ['E U'] }, 'body.tags[0]: expected a list of 1 to 20 tags'],
    ['no tags', 'pause-jobs', { tags: [] }, 'body.tags: expected a list of 1 to 20 tags'],
    [
      'a dry run that is no answer',
      'resume-jobs',
      { tags: ['eu'], dry_run: 'yes' },
      'body.dry_run: expected true or false',
    ],
    ['an end of a run', 'run-jobs', { tags: ['eu'], until: '2025-09-17T00:00:00Z' }, 'body: expected no fields but'],
    [
      'an end that has passed',
      'pause-jobs',
      { tags: ['eu'], until: '2024-01-01T00:00:00Z' },
      'until: expected an instant',
    ],
  ])('is refused with %s, and changes nothing', async (_what, path, sent, detail) => {
    const { app, scheduler } = await openHost()
    const answer = await app.post(`/admin/${path}`).send(sent).expect(400)
    expect(answer.body.detail).toContain(detail)
    expect((await scheduler.control()).version).toBe(0)
  })

  it.each([
    ['get', 'runs?cursor=x', 'query.cursor: expected the next_cursor of the page before.'],
    ['get', 'log?cursor=x', 'query.cursor: expected the next_cursor of the page before.'],
    [
      'get',
      'history?metric=total_runs&from=2025-09-02T00:00:00Z&to=2025-09-01T00:00:00Z&step_ms=60000',
      'query.to: expected 1 to 2000 whole steps after from, got 2025-09-01T00:00:00.000Z.',
    ],
    ['post', 'jobs/eu.a/backfill', 'got 2041-01-01T00:00:00.000Z.'],
  ] as const)('answers %s %s in the names and instants of HTTP', async (method, path, detail) => {
    const { app } = await openHost()
    const sent = { from: '2040-01-01T00:00:00Z', to: '2041-01-01T00:00:00Z' }
    const answer = await (method === 'get' ? app.get(`/admin/${path}`) : app.post(`/admin/${path}`).send(sent))
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain(detail)
  })

  it('is refused when more than 500 jobs meet its filter', async () => {
    const { app } = await openHost({ more: 499 })
    const answer = await app
      .post('/admin/resume-jobs')
      .send({ tags: ['eu'], dry_run: true })
      .expect(400)
    const detail = 'body: expected a filter that at most 500 jobs meet.'
    expect(answer.body).toMatchObject({ code: 'INVALID_REQUEST', detail })
  })

  it('may be to end a backfill, of which one sees what is left', async () => {
    const { app } = await openHost()
    const queue = { job: 'eu.a', waiting: 0, items: [], running: 0, done: 0, passed_over: 0 }
    expect((await app.get('/admin/jobs/eu.a/backfill/queue').expect(200)).body).toEqual(queue)
    const none = await app.post('/admin/jobs/eu.a/backfill/cancel').send({ why: 'wrong' }).expect(200)
    expect(none.body).toMatchObject({ changed: false, dropped: 0 })
    await app.get('/admin/jobs/nobody/backfill/queue').expect(404)
    await app.post('/admin/jobs/nobody/backfill/cancel').expect(404)
  })
})
