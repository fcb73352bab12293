import { describe, expect, it } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import type { Sent } from './client.ts'
import { openScene } from './scene.ts'
import { JOB } from './staged-past.ts'

export function describeBadRequests(serve: ServeHttp, scope: HttpScope): void {
  describe('bad requests', () => {
    it.each(['/jobs/%zz', '/jobs/%', '/runs/%c0%af', '/jobs/%ff/run'])('answers 400 to the path %s', async (path) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', path, { method: path.endsWith('run') ? 'POST' : 'GET' })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })

    it.each<readonly [number, string, Sent]>([
      [415, 'no type', { body: '{}' }],
      [415, 'another type', { body: '{}', headers: { 'content-type': 'text/json' } }],
      [415, 'another charset', { body: '{}', headers: { 'content-type': 'application/json; charset=utf-7' } }],
      [413, 'a body over 16 KB', { body: { why: 'x'.repeat(17_000) } }],
      [413, 'a body over 16 KB in chunks', { body: { why: 'x'.repeat(17_000) }, chunked: true }],
    ])('answers %i to %s', async (status, _what, sent) => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', '/pause', { method: 'POST', ...sent })).status).toBe(status)
      expect(scene.staged.calls).toEqual([])
    })

    it('says nothing of what it was sent', async () => {
      const scene = await openScene(serve)
      const canary = 'canary-7f3a'
      const answers = [
        await scene.as('ada', 'admin', `/jobs/${canary}`),
        await scene.as('ada', 'admin', `/runs/${canary}`),
        await scene.as('ada', 'admin', `/${canary}`),
        await scene.as('ada', 'admin', `/runs?job=${canary}!&${canary}=1`),
        await scene.as('ada', 'admin', `/runs?${canary}=1`),
        await scene.as('ada', 'admin', '/pause', { method: 'POST', body: { until: canary } }),
        await scene.as('ada', 'admin', '/pause', { method: 'POST', body: { [canary]: 1 } }),
        await scene.as('ada', 'admin', `/jobs/${JOB}`, { method: 'PATCH', body: { schedule: { kind: canary } } }),
        await scene.as('ada', 'admin', `/jobs/${JOB}`, {
          method: 'PATCH',
          body: { schedule: { kind: 'every', period_ms: 60_000, [canary]: 1 } },
        }),
        await scene.as('ada', 'admin', '/config', { method: 'PATCH', body: { providers: { yahoo: { [canary]: 1 } } } }),
      ]
      for (const { status, text, headers } of answers) {
        expect(status).toBeGreaterThanOrEqual(400)
        expect(text + JSON.stringify(headers)).not.toContain(canary)
      }
    })

    it.each<readonly [string, Sent, string]>([
      [
        `/jobs/${JOB}`,
        { method: 'PATCH', body: { schedule: { kind: 'every', period_ms: 60_000, anchorAt: 5 } } },
        'body.schedule: expected no fields but kind, period_ms, anchor_at. Did you mean "anchor_at"?',
      ],
      [
        `/jobs/${JOB}`,
        { method: 'PATCH', body: { retry: { maxAttempts: 3 } } },
        'body.retry: expected no fields but max_attempts, backoff_ms, max_backoff_ms. Did you mean "max_attempts"?',
      ],
      [
        '/pause',
        { method: 'POST', body: { expectedVersion: 3 } },
        'body: expected no fields but until, why, expected_version. Did you mean "expected_version"?',
      ],
      ['/remove-jobs', { method: 'POST', body: { jobs: [5] } }, 'body.jobs[0]: expected the name of a job, got 5.'],
    ])('says to %s %o which field was meant', async (path, sent, detail) => {
      const scene = await openScene(serve)
      expect(await scene.as('ada', 'admin', path, sent)).toMatchObject({ status: 400, json: { detail } })
      expect(scene.staged.calls).toEqual([])
    })

    it.each(['limit=1&limit=2', 'limit[]=1', '__proto__[x]=1', 'limit=%zz', 'limit=%', '%ff=1', 'limit'])(
      'answers 400 to /runs?%s',
      async (query) => {
        const scene = await openScene(serve)
        expect(await scene.as('ada', 'admin', `/runs?${query}`)).toMatchObject({
          status: 400,
          json: { code: 'INVALID_REQUEST' },
        })
        expect(scene.staged.calls).toEqual([])
      },
    )

    it.each<readonly [string, string, Sent]>([
      ['nothing in it', '/pause', { body: 'null' }],
      ['half of an object', '/pause', { body: '{"why":' }],
      ['text that is no UTF-8', '/pause', { body: Buffer.from([0x22, 0xff, 0x22]) }],
      ['a list', '/pause', { body: '[]' }],
      ['a list with one in it', '/pause', { body: '[{"why":"x"}]' }],
      ['nesting', '/pause', { body: `{"why":${'['.repeat(7_000)}${']'.repeat(7_000)}}` }],
      ['a prototype', '/pause', { body: '{"__proto__":{"why":"x"}}' }],
    ])('answers 400 to a body with %s', async (_what, path, sent) => {
      const scene = await openScene(serve)
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const answer = await scene.as('ada', 'admin', path, { method: 'POST', headers, ...sent })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })

    if (scope === 'mount') return

    it.each([
      'limit=-1',
      'limit=0',
      'limit=201',
      'limit=1e9',
      'limit=NaN',
      'limit=',
      'limit=1.5',
      'limit=%201',
      'limit=0x10',
      'limt=5',
      'job=a&job=b',
      'job=__proto__',
      'job=../x',
      '__proto__=1',
      'constructor=1',
      'state=broken',
      'state=',
      'state=failed,',
      'state=failed,failed,',
      'trigger=broken',
      'trigger=',
      'trigger=manual,manual',
      'trigger=missed',
      'instance=',
      'instance=%00',
      `instance=${'x'.repeat(65)}`,
      'search=poll',
      'from=yesterday',
      'from=2025-09-16',
      'from=2025-02-30T00:00:00Z',
      'from=2025-09-16T02:00:00',
      'to=1758',
      'from=2025-09-17T00:00:00Z&to=2025-09-16T00:00:00Z',
      'cursor=',
      `cursor=${'x'.repeat(513)}`,
      'cursor=%0d%0a',
      'job=%c0%af',
    ])('answers 400 to /runs?%s', async (query) => {
      const scene = await openScene(serve)
      expect(await scene.as('ada', 'admin', `/runs?${query}`)).toMatchObject({
        status: 400,
        json: { code: 'INVALID_REQUEST' },
      })
      expect(scene.staged.calls).toEqual([])
    })

    it.each([
      `/jobs/${JOB}/preview?n=0`,
      `/jobs/${JOB}/preview?n=1001`,
      `/jobs/${JOB}/preview?n=NaN`,
      `/jobs/${JOB}/preview?limit=5`,
      `/jobs/${JOB}/preview?cron=0+9+*+*+*&every_ms=1000`,
      `/jobs/${JOB}/preview?timezone=UTC`,
      `/jobs/${JOB}/preview?dialect=quartz`,
      `/jobs/${JOB}/preview?cron=0+9+*+*+*&dialect=vixie`,
      `/jobs/${JOB}/preview?every_ms=0`,
      `/jobs/${JOB}/preview?every_ms=60000&anchor_at=now`,
      `/jobs/${JOB}/preview?at=now`,
      `/jobs/${JOB}/preview?from=now`,
      '/preview?n=1001',
      '/preview?job=poll',
      `/jobs/${JOB}/backfill`,
      `/jobs/${JOB}/backfill?from=2025-09-16T02:00:00Z`,
      `/jobs/${JOB}/backfill?from=2025-09-17T02:00:00Z&to=2025-09-16T02:00:00Z`,
      `/jobs/${JOB}/explain`,
      `/jobs/${JOB}/explain?at=now`,
      `/jobs/${JOB}/explain?at=0000-01-01T00:00:00%2B23:59`,
      '/audit?from=2025-09-17T00:00:00Z&to=2025-09-16T00:00:00Z',
      '/audit?from=2025-01-01T00:00:00Z&to=2025-02-02T00:00:00Z',
      '/audit?job=../x',
      '/audit?job=none',
      `/jobs/${JOB}/due-times?limit=2001`,
      `/jobs/${JOB}/due-times?cursor=x`,
      `/jobs/${JOB}/due-times?from=2025-01-01T00:00:00Z&to=2025-02-02T00:00:00Z`,
      `/jobs/${JOB}/due-times?state=failed`,
      '/log?job=../x',
      '/log?run_id=none',
      '/log?run_id=',
      '/log?instance=x',
    ])('answers 400 to %s', async (path) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', path)
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      // A job that this instance does not have is looked for in the snapshot.
      expect(scene.staged.calls.filter((call) => call !== 'snapshot')).toEqual([])
    })

    it.each<readonly [string, string, Sent]>([
      ['a field that is none', '/pause', { body: '{"untill":"2025-09-16T02:00:00Z"}' }],
      ['a constructor', '/stop', { body: '{"constructor":{"prototype":{}}}' }],
      ['a reason that is no text', '/stop', { body: '{"why":1}' }],
      ['a reason without end', '/stop', { body: JSON.stringify({ why: 'x'.repeat(501) }) }],
      ['a principal of its own choice', '/stop', { body: '{"by":"root"}' }],
      ['a version that is none', '/stop', { body: '{"expected_version":-1}' }],
      ['an end that is no instant', '/pause', { body: '{"until":"tomorrow"}' }],
      ['an end in numbers', '/pause', { body: '{"until":1758000000000}' }],
      ['half of a range', `/jobs/${JOB}/backfill`, { body: '{"from":"2025-09-16T02:00:00Z"}' }],
      [
        'a range that ends before it begins',
        `/jobs/${JOB}/backfill`,
        { body: '{"from":"2025-09-16T02:00:00Z","to":"2025-09-15T02:00:00Z"}' },
      ],
      ['an end for what has none', `/jobs/${JOB}/run`, { body: '{"until":"2025-09-16T02:00:00Z"}' }],
    ])('answers 400 to a body with %s', async (_what, path, sent) => {
      const scene = await openScene(serve)
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const answer = await scene.as('ada', 'admin', path, { method: 'POST', headers, ...sent })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })

    it.each<readonly [string, string, Sent]>([
      ['a field that is none', '/config', { body: '{"concurency":3}' }],
      ['a number in words', '/config', { body: '{"concurrency":"3"}' }],
      ['a provider that is neither on nor off', '/config', { body: '{"providers":{"yahoo":{"enabled":"no"}}}' }],
      ['providers in a list', '/config', { body: '{"providers":[]}' }],
      ['a list', '/config', { body: '[]' }],
      ['no schedule', `/jobs/${JOB}`, { body: '{"schedule":"5m"}' }],
      ['a schedule of no kind', `/jobs/${JOB}`, { body: '{"schedule":{"kind":"evry","period_ms":1000}}' }],
      ['a schedule with more than its own', `/jobs/${JOB}`, { body: '{"schedule":{"kind":"once","period_ms":1}}' }],
      [
        'an interval in numbers that end nowhere',
        `/jobs/${JOB}`,
        { body: '{"schedule":{"kind":"every","period_ms":1e999}}' },
      ],
      ['a policy that is none', `/jobs/${JOB}`, { body: '{"overlap_policy":"__proto__"}' }],
      ['a handler', `/jobs/${JOB}`, { body: '{"handler":"x"}' }],
      ['a prototype', `/jobs/${JOB}`, { body: '{"retry":{"__proto__":{"max_attempts":1}}}' }],
      ['a version that is none', `/jobs/${JOB}`, { body: '{}', headers: { 'if-match': '1' } }],
      ['several versions', `/jobs/${JOB}`, { body: '{}', headers: { 'if-match': '"1", "2"' } }],
      ['a reason with a NUL in it', '/config', { body: '{"why":"\\u0000"}' }],
      ['a reason that is half of a character', '/config', { body: '{"why":"\\ud800"}' }],
      ['two versions', `/jobs/${JOB}`, { body: '{"expected_version":2}', headers: { 'if-match': '"1"' } }],
    ])('answers 400 to a change with %s', async (_what, path, sent) => {
      const scene = await openScene(serve)
      const headers = { 'content-type': 'application/json', ...sent.headers }
      const answer = await scene.as('ada', 'admin', path, { ...sent, method: 'PATCH', headers })
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      expect(scene.staged.calls).toEqual([])
    })
  })
}
