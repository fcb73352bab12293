import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { createMemoryBackend, createScheduler, defineJobTemplate, every, z } from '@pm/scheduler-core'
import { createStatusClient } from '@pm/scheduler-core/client'
import { createManualClock } from '@pm/scheduler-testing'
import express from 'express'
import request from 'supertest'
import { describe, expect, it, onTestFinished } from 'vitest'

import { adminSchedulerRouter } from '../src/index.ts'

const T0 = Date.UTC(2025, 8, 16, 2)
const SENT = 'canary-4711'
const HOURLY = { kind: 'every', period_ms: 3_600_000 } as const

/** A host with one job in code, `in-code`, and the template `report`, which Bob may only read. */
async function openHost() {
  const clock = createManualClock({ startAt: T0 })
  const seen: unknown[] = []
  const report = defineJobTemplate({
    name: 'report',
    description: 'Sends a report.',
    params: z.object({ tenant: z.string(), rows: z.number().max(100).optional() }),
    handler: (ctx) => void seen.push(ctx.params),
  })
  const scheduler = createScheduler({
    name: 'host',
    clock,
    jobs: [{ name: 'in-code', schedule: every({ hours: 1 }), handler: () => {} }],
    templates: [report],
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  const app = express().use(
    '/admin',
    adminSchedulerRouter(scheduler, {
      authorize: ({ headers }, { access }) => {
        const name = headers.authorization === 'Bearer bob' ? 'bob' : 'ada'
        return name === 'ada' || access === 'read'
          ? { allow: true, principal: { name } }
          : { allow: false, reason: 'forbidden' }
      },
      control: true,
    }),
  )
  return { app: request(app), host: app, scheduler, seen }
}

describe('jobs of templates over HTTP', () => {
  it('are made, read, changed and removed', async () => {
    const { app, scheduler, seen } = await openHost()
    const acme = { template: 'report', name: 'report:acme', schedule: HOURLY, params: { tenant: 'acme' } }
    const made = await app
      .post('/admin/create-jobs')
      .send({ jobs: [{ ...acme, timeout_ms: 5_000, retry: { max_attempts: 2 }, tags: ['gold'] }], why: 'signed' })
      .expect(200)
    expect(made.body).toMatchObject({ changed: true, jobs: ['report:acme'] })
    const listed = await app.get('/admin/templates').expect(200)
    expect(listed.body.items).toMatchObject([{ name: 'report', description: 'Sends a report.', jobs: 1 }])
    expect(listed.body.items[0].params.properties).toHaveProperty('tenant')
    const use = await app.get('/admin/jobs/report:acme/template').expect(200)
    expect(use.body).toEqual({ job: 'report:acme', template: 'report', params: { tenant: 'acme' } })
    const job = await app.get('/admin/jobs/report:acme').expect(200)
    expect(job.body).toMatchObject({ tags: ['gold'], policies: { timeout_ms: 5_000, retry: { max_attempts: 2 } } })

    const change = { name: 'report:acme', params: { tenant: 'acme', rows: 9 }, schedule: null, priority: 3 }
    await app
      .post('/admin/update-jobs')
      .send({ jobs: [change] })
      .expect(200)
    await app.post('/admin/jobs/report:acme/run').send({}).expect(202)
    await scheduler.whenIdle()
    expect(seen).toEqual([{ tenant: 'acme', rows: 9 }])

    const removed = await app.post('/admin/remove-jobs').send({ jobs: ['report:acme'] })
    expect(removed.body).toMatchObject({ changed: true, jobs: ['report:acme'] })
    expect((await app.get('/admin/jobs/report:acme/template').expect(200)).body.template).toBeNull()
    expect((await app.get('/admin/jobs/in-code/template').expect(200)).body).toEqual({
      job: 'in-code',
      template: null,
      params: null,
    })
    await app.get('/admin/jobs/nobody/template').expect(404)
    const log = await app.get('/admin/log').expect(200)
    expect(log.body.items.map(({ kind, why }: { kind: string; why: string }) => [kind, why])).toEqual([
      ['remove-job', null],
      ['run-job', null],
      ['update-job', null],
      ['create-job', 'signed'],
    ])
  })

  it.each<readonly [string, string, object, string]>([
    ['no jobs', 'create-jobs', {}, 'body.jobs: expected a list of 1 to 100 jobs'],
    ['an empty list', 'remove-jobs', { jobs: [] }, 'body.jobs: expected a list of 1 to 100 jobs'],
    [
      'a job twice',
      'remove-jobs',
      { jobs: ['a', 'a'] },
      'body.jobs[1]: expected a job that is not in the list already.',
    ],
    [
      'a misspelt template',
      'create-jobs',
      { jobs: [{ template: 'reprot', name: 'x', schedule: null }] },
      'body.jobs[0].template: expected one of report. Did you mean "report"?',
    ],
    [
      'a misspelt policy',
      'create-jobs',
      { jobs: [{ template: 'report', name: 'x', schedule: null, timeoutMs: 5 }] },
      'body.jobs[0]: expected no fields but template, schedule, name, params',
    ],
    [
      'a policy beyond its limits',
      'create-jobs',
      { jobs: [{ template: 'report', name: 'x', schedule: null, params: { tenant: 'a' }, timeout_ms: 0 }] },
      'body.jobs[0].timeout_ms: expected',
    ],
    [
      'an interval that is too short',
      'create-jobs',
      { jobs: [{ template: 'report', name: 'x', schedule: { kind: 'every', period_ms: 1 }, params: { tenant: 'a' } }] },
      'body.jobs[0].schedule.period_ms: expected',
    ],
    [
      'an instant that was made of seconds',
      'create-jobs',
      {
        jobs: [
          {
            template: 'report',
            name: 'x',
            schedule: { kind: 'once', at: '1970-01-21T08:20:00.000Z' },
            params: { tenant: 'a' },
          },
        ],
      },
      'body.jobs[0].schedule.at: expected an instant from 2001 on, such as 2026-01-31T12:00:00.000Z. Did you mean "2025-09-16T05:20:00.000Z"?',
    ],
    [
      'parameters that the template does not accept',
      'create-jobs',
      { jobs: [{ template: 'report', name: 'x', schedule: null, params: { tenant: 'a', rows: SENT } }] },
      'body.jobs[0].params.rows: expected a finite number.',
    ],
    [
      'the name of a job in code',
      'create-jobs',
      { jobs: [{ template: 'report', name: 'in-code', schedule: null, params: { tenant: 'a' } }] },
      'body.jobs[0].name: expected a name that no job of this scheduler has, or had before.',
    ],
    [
      'a change of nobody',
      'update-jobs',
      { jobs: [{ name: 'nobody' }] },
      'body.jobs[0]: expected the name of a job of',
    ],
    [
      'a change of a job in code',
      'update-jobs',
      { jobs: [{ name: 'in-code' }] },
      'body.jobs[0].name: expected a job of',
    ],
    ['a removal of a job in code', 'remove-jobs', { jobs: ['in-code'] }, 'body.jobs[0]: expected a job of a template'],
  ])('are refused with %s, in the terms of the body, and nothing changes', async (_what, path, sent, detail) => {
    const { app, scheduler } = await openHost()
    const answer = await app.post(`/admin/${path}`).send(sent).expect(400)
    expect(answer.body.detail).toContain(detail)
    expect(answer.text).not.toContain(SENT)
    expect([(await scheduler.control()).version, scheduler.jobNames]).toEqual([0, ['in-code']])
  })

  it('are for those who may control; others read', async () => {
    const { app } = await openHost()
    for (const path of ['create-jobs', 'update-jobs', 'remove-jobs']) {
      await app.post(`/admin/${path}`).set('authorization', 'Bearer bob').send({}).expect(403)
    }
    await app.get('/admin/templates').set('authorization', 'Bearer bob').expect(200)
  })

  it('are made once for their key, through the client', async () => {
    const { host } = await openHost()
    const server = host.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const { admin } = createStatusClient({ baseUrl: `http://127.0.0.1:${port}`, paths: { admin: '/admin' } })
    const jobs = [{ template: 'report', name: 'report:a', schedule: null, params: { tenant: 'a' } }]
    const first = await admin.createJobs({ jobs }, { idempotencyKey: 'once' })
    expect(await admin.createJobs({ jobs }, { idempotencyKey: 'once' })).toEqual(first)
    expect((await admin.templateOf('report:a')).params).toEqual({ tenant: 'a' })
    expect((await admin.updateJobs({ jobs: [{ name: 'report:a', owner: 'desk' }] })).jobs).toEqual(['report:a'])
    expect((await admin.templates()).items[0]?.jobs).toBe(1)
    expect((await admin.removeJobs({ jobs: ['report:a'] })).jobs).toEqual(['report:a'])
  })
})
