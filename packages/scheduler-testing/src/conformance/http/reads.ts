import { freshness } from '@pm/scheduler-core/contract/v2'
import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import { openScene, ROUTES } from './scene.ts'
import { ERROR_TEXT, FAILED_RUN_ID, FORMER_JOB, INSTANCE, JOB, T0 } from './staged-past.ts'

export function describeReads(serve: ServeHttp, scope: HttpScope): void {
  describe('reads', () => {
    it('hands every filter on, decoded', async () => {
      const scene = await openScene(serve)
      const query = `job=${JOB}&state=failed,timed_out&from=2025-09-16T02%3A00%3A00Z&to=2025-09-16T05:00:00%2B02:00&limit=200&trigger=manual,schedule&instance=${INSTANCE}`
      expect((await scene.as('ada', 'admin', `/runs?${query}`)).status).toBe(200)
      const about = { job: JOB, states: ['failed', 'timed_out'], triggers: ['schedule', 'manual'], instance: INSTANCE }
      const handedOn = { limit: 200, ...about, from: T0, to: T0 + 3_600_000 }
      expect(scene.staged.calls).toEqual([`list-entries ${JSON.stringify(handedOn)}`])
    })

    it('asks the log for one job and for one run', async () => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', `/log?job=${JOB}&run_id=${FAILED_RUN_ID.toUpperCase()}`)).status).toBe(200)
      const handedOn = { limit: 50, job: JOB, runId: FAILED_RUN_ID }
      expect(scene.staged.calls).toEqual([
        // Whose run it is, for `authorize`.
        `list-entries {"id":"${FAILED_RUN_ID}","limit":1}`,
        `list-log ${JSON.stringify(handedOn)}`,
      ])
    })

    it('shows one run with its error, and 404 for an id that is none', async () => {
      const scene = await openScene(serve)
      const found = await scene.as('ada', 'admin', `/runs/${FAILED_RUN_ID}`)
      expect(found).toMatchObject({
        status: 200,
        json: { id: FAILED_RUN_ID, instance: INSTANCE, log_url: null, error: { message: ERROR_TEXT } },
      })
      for (const id of [randomRunId(), 'none', '__proto__', '%00', '1e9'])
        expect(await scene.as('ada', 'admin', `/runs/${id}`)).toMatchObject({
          status: 404,
          json: { code: 'RUN_NOT_FOUND' },
        })
    })

    it('answers 404 for a job that is none, without saying its name back', async () => {
      const scene = await openScene(serve)
      for (const name of ['pol', 'POLL', '__proto__', 'constructor', '%3Cscript%3E', 'a%2Fb', 'x'.repeat(2_000)]) {
        const answer = await scene.as('ada', 'admin', `/jobs/${name}`)
        expect(answer).toMatchObject({ status: 404, json: { code: 'JOB_NOT_FOUND' } })
        expect(answer.text).not.toContain(decodeURIComponent(name))
      }
    })

    it('tells the new name of a job that was renamed, and suggests it where a query names the old one', async () => {
      const scene = await openScene(serve)
      expect(await scene.as('ada', 'admin', `/jobs/${FORMER_JOB}`)).toMatchObject({
        status: 404,
        json: { code: 'JOB_RENAMED', detail: `The job is called "${JOB}" now.` },
      })
      const range = 'metric=total_runs&from=2025-09-16T02:00:00Z&to=2025-09-16T03:00:00Z&step_ms=3600000'
      const { status, json } = await scene.as('ada', 'admin', `/history?${range}&job=${FORMER_JOB}`)
      expect(status).toBe(400)
      expect(json).toMatchObject({ code: 'INVALID_REQUEST', detail: expect.stringContaining(`Did you mean "${JOB}"?`) })
    })

    it('keeps error text, jobs and the log out of the market-data view', async () => {
      const scene = await openScene(serve)
      for (const { path } of ROUTES['market-data']) {
        const { text } = await scene.as('ada', 'market-data', path)
        expect(text).not.toContain('db.internal')
      }
      for (const path of ['/jobs', '/runs', '/log', '/start', `/runs/${FAILED_RUN_ID}`])
        expect((await scene.as('ada', 'market-data', path)).status).toBe(404)
    })

    it('lets nobody keep a list', async () => {
      const scene = await openScene(serve)
      for (const path of ['/jobs', '/runs', '/log'])
        expect((await scene.as('ada', 'admin', path)).headers['cache-control']).toBe('no-store')
    })

    it('takes a path with a slash at its end for the same', async () => {
      const scene = await openScene(serve)
      for (const path of ['/status/', '/jobs/', `/jobs/${JOB}/`, '/runs/?limit=1'])
        expect((await scene.as('ada', 'admin', path)).status).toBe(200)
    })

    if (scope === 'mount') return

    it('lists the jobs and shows one of them, the same way', async () => {
      const scene = await openScene(serve)
      const one = await scene.as('ada', 'admin', `/jobs/${JOB}`)
      expect(one).toMatchObject({ status: 200, json: { name: JOB, windows: { lifetime: { success_rate: 98.33 } } } })
      const all = await scene.as('ada', 'admin', '/jobs')
      expect(all).toMatchObject({ status: 200, json: { snapshot_id: '1758-1', stale: false, items: [one.json] } })
    })

    it('pages through the ledger', async () => {
      const scene = await openScene(serve)
      const first = await scene.as('ada', 'admin', '/runs?limit=1')
      expect(first).toMatchObject({ status: 200, json: { items: [{ kind: 'run' }], next_cursor: '1' } })
      const second = await scene.as('ada', 'admin', '/runs?limit=1&cursor=1')
      expect(second).toMatchObject({ status: 200, json: { items: [{ kind: 'unrun' }], next_cursor: null } })
    })

    it('shows who commanded what', async () => {
      const scene = await openScene(serve)
      const log = await scene.as('ada', 'admin', '/log?limit=1')
      expect(log).toMatchObject({
        status: 200,
        json: { items: [{ kind: 'resume', by: 'ada', why: 'done' }], next_cursor: '1' },
      })
    })

    it('tells how fresh every feed is, by its own time, and how many are of each kind', async () => {
      const scene = await openScene(serve)
      const { status, json } = await scene.as('ada', 'market-data', '/freshness')
      expect(status).toBe(200)
      expect(freshness.parse(json)).toMatchObject({
        feeds_error: null,
        feeds_by_status: { total: 1, fresh: 1, stale: 0, expired: 0, off_season: 0, unknown: 0 },
        total: 1,
        items: [{ provider: 'yahoo_finance', feed: 'AAPL', status: 'fresh', age_seconds: 60, attainment_pct: 99.5 }],
      })
    })

    it('lists the providers', async () => {
      const scene = await openScene(serve)
      const { status, json } = await scene.as('ada', 'market-data', '/providers')
      expect(status).toBe(200)
      expect(json).toMatchObject({
        items: [
          { name: 'yahoo_finance', windows: { recent: { calls: 10, success_rate: 80, avg_response_time_ms: 150 } } },
          { name: 'alpha_vantage', enabled: false, windows: { recent: { success_rate: null } } },
        ],
      })
    })
  })
}
