import { SchedulerError } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB, T0 } from './staged-past.ts'

export function describeCommands(serve: ServeHttp, scope: HttpScope): void {
  describe('commands', () => {
    it.each(['/start', '/resume', '/pause', `/jobs/${JOB}/pause`, `/jobs/${JOB}/resume`])(
      'POST %s answers with what it produced, and keeps who asked and why',
      async (path) => {
        const scene = await openScene(serve)
        const answer = await scene.as('ada', 'admin', path, { method: 'POST', body: { why: 'maintenance' } })
        expect(answer).toMatchObject({
          status: 200,
          json: { state: 'running', changed: true, control: { version: 1 } },
        })
        expect(scene.staged.calls).toEqual([expect.stringContaining('"by":"ada","why":"maintenance"')])
      },
    )

    it('POST /stop answers when the stop is accepted, and says where one sees that the runs have ended', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/stop', { method: 'POST', body: { why: 'maintenance' } })
      const told = { changed: true, control: { version: 1, desired: 'stopped' }, watch: 'status' }
      expect(answer).toMatchObject({ status: 202, json: told, headers: { location: 'status' } })
      expect(scene.staged.calls).toEqual(['stop {"by":"ada","why":"maintenance","resolveWhen":"accepted"}'])
    })

    it('DELETE /jobs/:job erases the past of a job, for a reason', async () => {
      const scene = await openScene(serve)
      const erase = (body?: object) =>
        scene.as('ada', 'admin', '/jobs/gone', { method: 'DELETE', ...(body && { body }) })
      expect(await erase({ why: 'the customer left' })).toMatchObject({ status: 200, json: { changed: true } })
      expect(scene.staged.calls).toEqual(['forget-job {"job":"gone","by":"ada","why":"the customer left"}'])
      for (const body of [undefined, {}, { why: '' }]) {
        expect(await erase(body)).toMatchObject({
          status: 400,
          json: { code: 'INVALID_REQUEST', detail: expect.stringContaining('why') },
        })
      }
      expect(scene.staged.calls).toHaveLength(1)
    })

    it('needs no body', async () => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST' })).status).toBe(200)
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST', body: {} })).status).toBe(200)
      expect((await scene.as('ada', 'admin', '/start/', { method: 'POST', body: '' })).status).toBe(200)
      expect(scene.staged.calls).toEqual(Array(3).fill('start {"by":"ada"}'))
    })

    it('reads a body that comes in chunks', async () => {
      const scene = await openScene(serve)
      const sent = { method: 'POST', body: { why: 'piecemeal' }, chunked: true } as const
      expect((await scene.as('ada', 'admin', '/stop', sent)).status).toBe(202)
      expect(scene.staged.calls).toEqual(['stop {"by":"ada","why":"piecemeal","resolveWhen":"accepted"}'])
    })

    it('makes a change only on the version that it is based on: 412 to any other, with the present one', async () => {
      const scene = await openScene(serve)
      const patch = (ifMatch: string) =>
        scene.as('ada', 'admin', '/config', {
          method: 'PATCH',
          body: { concurrency: 3 },
          headers: { 'if-match': ifMatch },
        })
      const { headers, json } = await scene.as('ada', 'admin', '/config')
      expect(headers.etag).toMatch(/^"0\.[\da-f-]+"$/)
      expect(json).toEqual({ concurrency: null, jobs: {}, providers: {}, version: 0 })
      scene.staged.forget()
      const changed = await patch(headers.etag ?? '')
      expect(changed).toMatchObject({ status: 200, json: { changed: true, control: { version: 1 } } })
      expect(changed.headers.etag).toBe('"1"')
      expect((await patch('*')).status).toBe(200)
      for (const outdated of ['"1"', 'W/"1"', '"x"', '"2x"', '""']) {
        expect(await patch(outdated)).toMatchObject({
          status: 412,
          json: { code: 'PRECONDITION_FAILED', current_version: 2 },
        })
      }
      expect(scene.staged.calls).toHaveLength(7)
    })

    it.each(['8e03978e-40d5-43dd-bc93-6894a57f9324', '"8e03978e-40d5-43dd-bc93-6894a57f9324"'])(
      'hands the key %s on, and answers its repeat to the byte, saying that it is one',
      async (key) => {
        const scene = await openScene(serve)
        const headers = { 'idempotency-key': key }
        const first = await scene.as('ada', 'admin', `/jobs/${JOB}/run`, { method: 'POST', headers })
        expect(first).toMatchObject({
          status: 202,
          json: { run_id: expect.any(String), changed: true, state: 'running' },
        })
        const again = await scene.as('ada', 'admin', `/jobs/${JOB}/run`, { method: 'POST', headers })
        expect(again).toMatchObject({ status: 202, text: first.text })
        expect([first, again].map((answer) => answer.headers['idempotent-replayed'])).toEqual([undefined, 'true'])
        const call = { job: JOB, by: 'ada', idempotencyKey: '8e03978e-40d5-43dd-bc93-6894a57f9324' }
        expect(scene.staged.calls).toEqual(Array(2).fill(`run-job ${JSON.stringify(call)}`))
      },
    )

    it.each(['', '""', '"a', 'a b', 'a,b', 'ä', 'x'.repeat(256)])('answers 400 to the key %j', async (key) => {
      const scene = await openScene(serve)
      const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') }
      const answer = await scene.as('ada', 'admin', '/stop', { method: 'POST', headers })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })

    it('are not there unless the host asks for them', async () => {
      const scene = await openScene(serve, { admin: { control: false } })
      for (const path of ['/start', '/stop', '/pause', '/resume', `/jobs/${JOB}/run`, `/runs/${FAILED_RUN_ID}/cancel`])
        expect((await scene.as('ada', 'admin', path, { method: 'POST' })).status).toBe(404)
      expect(scene.staged.calls).toEqual([])
    })

    if (scope === 'mount') return

    it('pauses until an instant, or without end', async () => {
      const scene = await openScene(serve)
      for (const until of ['2025-09-16T02:00:00Z', '2025-09-16T04:00:00.000+02:00', null])
        expect((await scene.as('ada', 'admin', '/pause', { method: 'POST', body: { until } })).status).toBe(200)
      const bounded = `pause {"by":"ada","until":${T0}}`
      expect(scene.staged.calls).toEqual([bounded, bounded, 'pause {"by":"ada"}'])
    })

    it('answers 409 to ending the pause of a stopped scheduler, which stays stopped', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', '/stop', { method: 'POST' })
      const answer = await scene.as('ada', 'admin', '/resume', { method: 'POST' })
      expect(answer).toMatchObject({ status: 409, json: { code: 'SCHEDULER_NOT_RUNNING' } })
      expect(await scene.staged.scheduler.control()).toMatchObject({ desired: 'stopped', version: 1 })
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST' })).status).toBe(200)
      expect((await scene.as('ada', 'admin', '/resume', { method: 'POST' })).status).toBe(200)
    })

    it('takes the version that a command is based on, and answers 409 when it has moved on', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', '/stop', { method: 'POST', body: { expected_version: 0 } })
      expect(scene.staged.calls).toEqual(['stop {"by":"ada","expectedVersion":0,"resolveWhen":"accepted"}'])
      const answer = await scene.as('ada', 'admin', '/stop', { method: 'POST', body: { expected_version: 0 } })
      expect(answer).toMatchObject({ status: 409, json: { code: 'CONTROL_CONFLICT', current_version: 1 } })
    })

    it.each(['W/"0"', '"0-gzip"', '"0--gzip"', 'W/"0-br"', 'W/"0.1758-1"', '"0.1758-1-gzip"'])(
      'takes %s for version 0, as a proxy that compresses answers makes it',
      async (tag) => {
        const scene = await openScene(serve)
        const sent = { method: 'PATCH', body: { concurrency: 3 }, headers: { 'if-match': tag } }
        expect(await scene.as('ada', 'admin', '/config', sent)).toMatchObject({ status: 200 })
        expect(await scene.as('ada', 'admin', '/config', sent)).toMatchObject({ status: 412 })
      },
    )

    it('takes the tag under which a job was shown for its version', async () => {
      const scene = await openScene(serve)
      const { headers } = await scene.as('ada', 'admin', `/jobs/${JOB}`)
      expect(headers.etag).toBe('"0.1758-1"')
      const sent = { method: 'PATCH', body: { priority: 1 }, headers: { 'if-match': headers.etag ?? '' } }
      expect((await scene.as('ada', 'admin', `/jobs/${JOB}`, sent)).status).toBe(200)
      const again = await scene.as('ada', 'admin', `/jobs/${JOB}`, sent)
      expect(again).toMatchObject({ status: 412, json: { current_version: 1 } })
    })

    it('answers 422 to a key that came with another request before', async () => {
      const scene = await openScene(serve)
      scene.staged.failWith(new SchedulerError('IDEMPOTENCY_KEY_REUSED', {}))
      const sent = { method: 'POST', headers: { 'idempotency-key': 'k' } }
      expect(await scene.as('ada', 'admin', '/stop', sent)).toMatchObject({
        status: 422,
        json: { code: 'IDEMPOTENCY_KEY_REUSED' },
      })
    })

    it('runs a job and answers with the run that was claimed', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/run`, { method: 'POST', body: { why: 'now' } })
      expect(answer.status).toBe(202)
      expect(scene.staged.calls).toEqual([`run-job {"job":"${JOB}","by":"ada","why":"now"}`])
    })

    it('sets what is given and takes back what is null, for a job and for the scheduler', async () => {
      const scene = await openScene(serve)
      const body = {
        schedule: { kind: 'every', period_ms: 300_000 },
        timeout_ms: 5_000,
        misfire_policy: 'skip',
        priority: null,
        retry: { max_attempts: 3, backoff_ms: null },
        why: 'quota',
      }
      const job = await scene.as('ada', 'admin', `/jobs/${JOB}`, { method: 'PATCH', body })
      expect(job).toMatchObject({
        status: 200,
        json: {
          changed: true,
          control: { jobs: { [JOB]: { config: { timeout_ms: 5_000, retry: { max_attempts: 3 } } } } },
        },
      })
      const config = { concurrency: 4, providers: { yahoo_finance: { enabled: false }, alpha_vantage: null } }
      const answer = await scene.as('ada', 'admin', '/config', { method: 'PATCH', body: config })
      expect(answer).toMatchObject({ status: 200, json: { changed: true, control: { version: 2 } } })
      const patch = {
        schedule: { kind: 'every', periodMs: 300_000 },
        timeoutMs: 5_000,
        misfirePolicy: 'skip',
        priority: null,
        retry: { maxAttempts: 3, backoffMs: null },
      }
      expect(scene.staged.calls).toEqual([
        `configure-job ${JSON.stringify({ job: JOB, patch, by: 'ada', why: 'quota' })}`,
        `configure ${JSON.stringify({ patch: config, by: 'ada' })}`,
      ])
    })

    it('takes schedules of every kind, and the version that a change is based on as If-Match', async () => {
      const scene = await openScene(serve)
      const schedules = [
        { kind: 'every', period_ms: 60_000, anchor_at: '2025-09-16T02:00:00Z' },
        { kind: 'cron', pattern: '0 8 * * MON-FRI', timezone: 'Europe/Berlin' },
        { kind: 'cron', pattern: '0 0 12 ? * 2-6', dialect: 'quartz' },
        { kind: 'once', at: '2025-09-16T02:00:00Z' },
        null,
      ]
      let version = 0
      for (const schedule of schedules) {
        const sent = { method: 'PATCH', body: { schedule }, headers: { 'if-match': `"${version++}"` } }
        expect((await scene.as('ada', 'admin', `/jobs/${JOB}`, sent)).status).toBe(200)
      }
      const handedOn = [
        { kind: 'every', periodMs: 60_000, anchorAt: T0 },
        { kind: 'cron', pattern: '0 8 * * MON-FRI', timezone: 'Europe/Berlin' },
        { kind: 'cron', pattern: '0 0 12 ? * 2-6', dialect: 'quartz' },
        { kind: 'once', at: T0 },
        null,
      ]
      const calls = handedOn.map((schedule, expectedVersion) => ({
        job: JOB,
        patch: { schedule },
        by: 'ada',
        expectedVersion,
      }))
      expect(scene.staged.calls).toEqual(calls.map((call) => `configure-job ${JSON.stringify(call)}`))
    })

    it('backfills a range of due times', async () => {
      const scene = await openScene(serve)
      const body = { from: '2025-09-16T02:00:00Z', to: '2025-09-16T05:00:00+02:00', why: 'outage' }
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/backfill`, { method: 'POST', body })
      expect(answer).toMatchObject({ status: 202, json: { queued: 1 } })
      const handedOn = { job: JOB, from: T0, to: T0 + 3_600_000, by: 'ada', why: 'outage' }
      expect(scene.staged.calls).toEqual([`backfill ${JSON.stringify(handedOn)}`])
    })

    it('asks for a run to be cancelled', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/runs/${FAILED_RUN_ID}/cancel`, { method: 'POST' })
      expect(answer).toMatchObject({ status: 202, json: { run_id: FAILED_RUN_ID, cancel_requested: true } })
      expect(scene.staged.calls).toEqual([
        // Whose run it is, for `authorize`.
        `list-entries {"id":"${FAILED_RUN_ID}","limit":1}`,
        `cancel-run {"runId":"${FAILED_RUN_ID}","by":"ada"}`,
      ])
    })

    it('answers 404 for a job or a run that is none, and commands nothing', async () => {
      const scene = await openScene(serve)
      for (const path of ['/jobs/none/run', '/jobs/none/pause', '/jobs/__proto__/resume', '/runs/none/cancel'])
        expect((await scene.as('ada', 'admin', path, { method: 'POST' })).status).toBe(404)
      expect((await scene.as('ada', 'admin', '/jobs/none', { method: 'PATCH' })).status).toBe(404)
      // A job of another instance, or a retired one, is known from the snapshot.
      expect(scene.staged.calls.filter((call) => call !== 'snapshot')).toEqual([])
    })
  })
}
