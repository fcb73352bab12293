import { SchedulerError } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB, T0 } from './staged-scheduler.ts'

export function describeCommands(serve: ServeHttp): void {
  describe('commands', () => {
    it.each(['/start', '/stop', '/resume', '/pause', `/jobs/${JOB}/pause`, `/jobs/${JOB}/resume`])(
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
      expect((await scene.as('ada', 'admin', '/stop', sent)).status).toBe(200)
      expect(scene.staged.calls).toEqual(['stop {"by":"ada","why":"piecemeal"}'])
    })

    it('pauses until an instant, or without end', async () => {
      const scene = await openScene(serve)
      for (const until of ['2025-09-16T02:00:00Z', '2025-09-16T04:00:00.000+02:00', null])
        expect((await scene.as('ada', 'admin', '/pause', { method: 'POST', body: { until } })).status).toBe(200)
      const bounded = `pause {"by":"ada","until":${T0}}`
      expect(scene.staged.calls).toEqual([bounded, bounded, 'pause {"by":"ada"}'])
    })

    it('takes the version that a command is based on, and answers 409 when it has moved on', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', '/stop', { method: 'POST', body: { expected_version: 0 } })
      expect(scene.staged.calls).toEqual(['stop {"by":"ada","expectedVersion":0}'])
      scene.staged.failWith(new SchedulerError('CONTROL_CONFLICT', { expected: 0, actual: 1 }))
      const answer = await scene.as('ada', 'admin', '/stop', { method: 'POST', body: { expected_version: 0 } })
      expect(answer).toMatchObject({ status: 409, json: { code: 'CONTROL_CONFLICT' } })
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
          control: { config: { jobs: { [JOB]: { timeout_ms: 5_000, retry: { max_attempts: 3 } } } } },
        },
      })
      const config = { concurrency: 4, providers: { yahoo_finance: { enabled: false }, alpha_vantage: null } }
      const answer = await scene.as('ada', 'admin', '/config', { method: 'PATCH', body: config })
      const providers = { yahoo_finance: { enabled: false } }
      expect(answer).toMatchObject({ status: 200, json: { control: { config: { concurrency: 4, providers } } } })
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
        { kind: 'once', at: '2025-09-16T02:00:00Z' },
        null,
      ]
      for (const schedule of schedules) {
        const sent = { method: 'PATCH', body: { schedule }, headers: { 'if-match': '"7"' } }
        expect((await scene.as('ada', 'admin', `/jobs/${JOB}`, sent)).status).toBe(200)
      }
      const handedOn = [
        { kind: 'every', periodMs: 60_000, anchorAt: T0 },
        { kind: 'cron', pattern: '0 8 * * MON-FRI', timezone: 'Europe/Berlin' },
        { kind: 'once', at: T0 },
        null,
      ]
      const call = (schedule: unknown) => ({ job: JOB, patch: { schedule }, by: 'ada', expectedVersion: 7 })
      expect(scene.staged.calls).toEqual(handedOn.map((schedule) => `configure-job ${JSON.stringify(call(schedule))}`))
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
      expect(scene.staged.calls).toEqual([`cancel-run {"runId":"${FAILED_RUN_ID}","by":"ada"}`])
    })

    it('answers 404 for a job or a run that is none, and asks nothing of the scheduler', async () => {
      const scene = await openScene(serve)
      for (const path of ['/jobs/none/run', '/jobs/none/pause', '/jobs/__proto__/resume', '/runs/none/cancel'])
        expect((await scene.as('ada', 'admin', path, { method: 'POST' })).status).toBe(404)
      expect((await scene.as('ada', 'admin', '/jobs/none', { method: 'PATCH' })).status).toBe(404)
      expect(scene.staged.calls).toEqual([])
    })

    it('are not there unless the host asks for them', async () => {
      const scene = await openScene(serve, { admin: { control: false } })
      for (const path of ['/start', '/stop', '/pause', '/resume', `/jobs/${JOB}/run`, `/runs/${FAILED_RUN_ID}/cancel`])
        expect((await scene.as('ada', 'admin', path, { method: 'POST' })).status).toBe(404)
      expect(scene.staged.calls).toEqual([])
    })
  })
}
