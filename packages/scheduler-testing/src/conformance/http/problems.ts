import { type InvalidOptionsDetails, SchedulerError } from '@pm/scheduler-core'
import type { RequestFailure } from '@pm/scheduler-core/http'
import { describe, expect, it } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import type { Sent } from './client.ts'
import { openScene } from './scene.ts'
import { JOB } from './staged-past.ts'

export function describeProblems(serve: ServeHttp, scope: HttpScope): void {
  describe('problems', () => {
    it('answers 404 to a path that is none, inside of its own', async () => {
      const scene = await openScene(serve)
      for (const path of ['/', '/none', '/status/x', '/jobs//run', '/STATUS'])
        expect(await scene.as('ada', 'admin', path)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } })
    })

    it.each([
      ['DELETE', '/status', 'GET, HEAD, OPTIONS'],
      ['POST', '/status', 'GET, HEAD, OPTIONS'],
      ['GET', '/start', 'POST, OPTIONS'],
      ['HEAD', '/start', 'POST, OPTIONS'],
      ['PUT', `/jobs/${JOB}/run`, 'POST, OPTIONS'],
      ['PROPFIND', '/runs', 'GET, HEAD, OPTIONS'],
    ])('answers 405 to %s %s, and says what is allowed', async (method, path, allow) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', path, { method })
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toBe(allow)
      expect(scene.staged.calls).toEqual([])
    })

    it('takes no other word for the method', async () => {
      const scene = await openScene(serve)
      const headers = { 'x-http-method-override': 'POST', 'x-method-override': 'POST' }
      expect((await scene.as('ada', 'admin', '/stop?_method=POST', { headers })).status).toBe(405)
      expect(scene.staged.calls).toEqual([])
    })

    it('tells the methods of a path to who asks for its options', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/start', { method: 'OPTIONS' })
      expect(answer).toMatchObject({ status: 204, text: '' })
      expect(answer.headers.allow).toBe('POST, OPTIONS')
    })

    it.each([new Error('password=hunter2 at /srv/app/db.js:1'), 'hunter2', null, undefined, { toString: null }])(
      'answers anything else that is thrown as 500 without a word of it, and tells the host: %s',
      async (thrown) => {
        const scene = await openScene(serve)
        scene.staged.failWith(thrown ?? 0)
        const answer = await scene.as('ada', 'admin', '/status')
        expect(answer).toMatchObject({ status: 500, json: { code: 'INTERNAL' } })
        expect(Object.keys(Object(answer.json)).sort()).toEqual(['code', 'status', 'title', 'type'])
        expect(answer.text).not.toContain('hunter2')
        expect(scene.reported).toEqual([{ error: thrown ?? 0, route: 'status' }])
      },
    )

    it('names the scheduler to the host that is told, and the job or the run of the path', async () => {
      const told: RequestFailure[] = []
      const scene = await openScene(serve, { admin: { onError: (_, failure) => void told.push(failure) } })
      scene.staged.failWith(new Error('down'))
      const id = '0198f0c5-7a80-7c3e-8000-5f2b1c3d4e5f'
      for (const path of ['/status', `/jobs/${JOB}`, `/runs/${id}`])
        expect((await scene.as('ada', 'admin', path)).status).toBe(500)
      const of = { view: 'admin', scheduler: scene.staged.scheduler.name }
      expect(told).toEqual([
        { ...of, route: 'status' },
        { ...of, route: 'job', job: JOB },
        { ...of, route: 'run', runId: id },
      ])
    })

    it('guards every answer against being taken for something else', async () => {
      const scene = await openScene(serve)
      for (const path of ['/status', '/jobs', '/none'])
        expect((await scene.as('ada', 'admin', path)).headers['x-content-type-options']).toBe('nosniff')
    })

    if (scope === 'mount') return

    it.each([
      [new SchedulerError('JOB_ALREADY_RUNNING', { job: JOB, runId: 'r' }), 409],
      [new SchedulerError('SCHEDULER_NOT_RUNNING', { scheduler: 's', state: 'stopped' }), 409],
      [new SchedulerError('STORE_UNAVAILABLE', { operation: 'command' }), 503],
      [new SchedulerError('INVALID_OPTIONS', { path: 'until', received: 'secret', expected: 'later than now' }), 400],
    ])('answers what the scheduler throws by its code: %s', async (error, status) => {
      const scene = await openScene(serve)
      scene.staged.failWith(error)
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/run`, { method: 'POST' })
      expect(answer).toMatchObject({ status, json: { code: error.code, status } })
      expect(answer.headers['retry-after'] !== undefined).toBe(status === 503)
      expect(answer.text).not.toContain('secret')
      expect(scene.reported.length).toBe(status >= 500 ? 1 : 0)
    })

    it.each<readonly [InvalidOptionsDetails, string]>([
      [
        { path: 'job.schedule.periodMs', received: '0', expected: 'at least 1' },
        'job.schedule.period_ms: expected at least 1, got 0.',
      ],
      [
        {
          path: 'until',
          received: '1758000000000',
          expected: 'an instant in the future, in milliseconds since the epoch',
        },
        'until: expected an instant in the future, such as 2026-01-31T12:00:00.000Z, got 2025-09-16T05:20:00.000Z.',
      ],
      [
        { path: 'job.onOrphan', received: '"fial"', expected: '"fail" or "rerun"', suggestion: 'fail' },
        'job.on_orphan: expected "fail" or "rerun". Did you mean "fail"?',
      ],
      [
        { path: 'job.runTimeoutMs', received: '1', expected: 'no less than timeoutMs' },
        'job.run_timeout_ms: expected no less than timeout_ms, got 1.',
      ],
      [
        { path: 'from', received: '"2025-09-16"', expected: 'an instant' },
        'from: expected an instant, got "2025-09-16".',
      ],
    ])('speaks in the fields and formats of HTTP, with what came unless it is text: %j', async (details, detail) => {
      const scene = await openScene(serve)
      scene.staged.failWith(new SchedulerError('INVALID_OPTIONS', details))
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}`, { method: 'PATCH', body: {} })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_OPTIONS', detail } })
    })

    it.each<readonly [string, Sent, RegExp]>([
      ['/pause', { body: { until: 1_758_000_000_000 } }, /^body\.until: expected .*, got 1758000000000\.$/],
      ['/pause', { body: { until: 'tomorrow' } }, /^body\.until: expected .*, got text of 8 characters\.$/],
      ['/pause', { body: [] }, /^body: expected .*, got an array of 0\.$/],
      [`/jobs/${JOB}/backfill`, { body: { from: '2025-09-16' } }, /^body\.from: expected .*, got "2025-09-16"\.$/],
      ['/stop', { body: { why: null } }, /^body\.why: expected .*, got null\.$/],
      [`/jobs/${JOB}/backfill`, { body: {} }, /^body\.from: expected .*, got nothing\.$/],
    ])('says what came instead to POST %s with %j', async (path, sent, detail) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', path, { method: 'POST', ...sent })
      expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringMatching(detail) } })
    })

    it('answers also when the host’s own listener throws', async () => {
      const onError = () => {
        throw new Error('the logger is full')
      }
      const scene = await openScene(serve, { admin: { onError } })
      scene.staged.failWith(new Error('boom'))
      expect((await scene.as('ada', 'admin', '/status')).status).toBe(500)
    })
  })
}
