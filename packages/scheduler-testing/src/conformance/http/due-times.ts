import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB, T0 } from './staged-past.ts'

export function describeDueTimes(serve: ServeHttp): void {
  describe('due times', () => {
    it('foresees as many as it is asked for, each with its fate', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/preview?n=2`)
      expect(answer).toMatchObject({
        status: 200,
        json: {
          job: JOB,
          items: [
            { due_at: '2025-09-16T02:15:00.000Z', starts_at: '2025-09-16T02:15:00.500Z', fate: 'run', calendar: null },
            { fate: 'excluded', starts_at: null, calendar: 'holidays' },
          ],
        },
      })
      await scene.as('ada', 'admin', `/jobs/${JOB}/preview`)
      expect(scene.staged.calls).toEqual([`preview {"job":"${JOB}","n":2}`, `preview {"job":"${JOB}","n":10}`])
    })

    it('foresees by another schedule, and from another moment on', async () => {
      const scene = await openScene(serve)
      const asked = async (query: string) => {
        const { status, json } = await scene.as('ada', 'admin', `/jobs/${JOB}/preview?n=1&${query}`)
        expect(status).toBe(200)
        return (json as { items: unknown[] }).items.length
      }
      const zone = 'timezone=America/New_York'
      expect(await asked(`cron=0+9+*+*+*&${zone}&from=2025-09-16T02:00:00Z`)).toBe(1)
      expect(await asked('cron=@daily')).toBe(1)
      expect(await asked('cron=0+10+?+*+2-6+*&dialect=eventbridge')).toBe(1)
      expect(await asked('every_ms=60000&anchor_at=2025-09-16T02:00:00Z')).toBe(1)
      expect(await asked('at=2025-09-16T02:00:00Z')).toBe(1)
      const cron = { kind: 'cron', pattern: '0 9 * * *', timezone: 'America/New_York' }
      const handedOn = [
        { from: T0, schedule: cron },
        { schedule: { kind: 'cron', pattern: '@daily' } },
        { schedule: { kind: 'cron', pattern: '0 10 ? * 2-6 *', dialect: 'eventbridge' } },
        { schedule: { kind: 'every', periodMs: 60_000, anchorAt: T0 } },
        { schedule: { kind: 'once', at: T0 } },
      ]
      const before = { job: JOB, n: 1 }
      expect(scene.staged.calls).toEqual(handedOn.map((each) => `preview ${JSON.stringify({ ...before, ...each })}`))
    })

    it.each([
      ['cron=0+25+*+*+*', 'query.cron (hour): expected'],
      ['cron=5/15+*+*+*+*', 'Did you mean "5-59/15 * * * *"?'],
      ['cron=0+10+*+*+?+*', 'Did you mean "0 10 * * *"?'],
      ['cron=0+9+*+*+*&timezone=Mars/Olympus', 'query.timezone'],
      ['cron=0+9+*+*+*&timezone=BST', 'Did you mean "Europe/London"?'],
    ])('answers 400 to the schedule %s, and says which parameter', async (query, path) => {
      const scene = await openScene(serve)
      const { status, json } = await scene.as('ada', 'admin', `/jobs/${JOB}/preview?${query}`)
      expect({ status, json }).toMatchObject({ status: 400, json: { detail: expect.stringContaining(path) } })
    })

    it('foresees for all jobs together', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/preview?n=2')
      expect(answer).toMatchObject({
        status: 200,
        json: { items: [{ job: JOB, fate: 'run', due_at: '2025-09-16T02:15:00.000Z' }, { fate: 'excluded' }] },
      })
      await scene.as('ada', 'admin', '/preview')
      expect(scene.staged.calls).toEqual(['upcoming 2', 'upcoming 20'])
    })

    it('says what a backfill would run, and changes nothing', async () => {
      const scene = await openScene(serve)
      const range = 'from=2025-09-16T02:00:00Z&to=2025-09-16T04:00:00Z'
      const { status, json } = await scene.as('ada', 'admin', `/jobs/${JOB}/backfill?${range}`)
      const left_out = { succeeded: 3, running: 1, backfilled: 2, excluded: 5, undecided: 1 }
      expect({ status, json }).toMatchObject({ status: 200, json: { count: 101, queued: 107, already: 6, left_out } })
      expect((json as { items: unknown[] }).items).toHaveLength(100)
      expect(scene.staged.calls).toEqual([`preview-backfill {"job":"${JOB}","from":${T0},"to":${T0 + 7_200_000}}`])
    })

    it.each([
      ['what was recorded', T0, { kind: 'recorded', entry: { kind: 'run' }, later: [] }],
      ['no due time', T0 + 1, { kind: 'not-due', previous_due_at: '2025-09-16T02:00:00.000Z', next_due_at: null }],
      ['what nothing is decided of', T0 + 2, { kind: 'pending', starts_at: '2025-09-16T02:00:00.002Z' }],
      ['what will be due', T0 + 900_000, { kind: 'foreseen', foreseen: { fate: 'run' } }],
      ['what nobody knows', 0, { kind: 'unknown', reason: 'first-known' }],
    ])('explains %s', async (_what, at, expected) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/explain?at=${new Date(at).toISOString()}`)
      expect(answer).toMatchObject({ status: 200, json: { job: JOB, text: expect.any(String), ...expected } })
    })

    it('holds every due time of a range against what became of it', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/audit?from=2025-09-16T02:00:00Z&to=2025-09-17T02:00:00Z')
      const lost = { first: '2025-09-16T02:00:00.000Z', last: '2025-09-16T02:15:00.000Z', count: 2 }
      expect(answer).toMatchObject({
        status: 200,
        json: { accounted: false, items: [{ job: JOB, expected: 96, started: 94, unexplained: [lost] }] },
      })
      expect(scene.staged.calls).toEqual([`audit {"from":${T0},"to":${T0 + 86_400_000}}`])
    })

    it('audits a day unless it is told otherwise', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', '/audit?from=2025-09-16T02:00:00Z')
      await scene.as('ada', 'admin', '/audit?to=2025-09-16T02:00:00Z')
      expect(scene.staged.calls).toEqual([
        `audit {"from":${T0},"to":${T0 + 86_400_000}}`,
        `audit {"from":${T0 - 86_400_000},"to":${T0}}`,
      ])
      expect((await scene.as('ada', 'admin', '/audit')).status).toBe(200)
    })

    it('lists every due time of a range with its fate', async () => {
      const scene = await openScene(serve)
      const range = 'from=2025-09-16T02:00:00Z&to=2025-09-17T02:00:00Z'
      const answer = await scene.as('ada', 'admin', `/jobs/${JOB}/due-times?${range}&limit=2000&cursor=${T0}`)
      const later: unknown[] = []
      expect(answer).toMatchObject({
        status: 200,
        json: {
          job: JOB,
          from: '2025-09-16T02:00:00.000Z',
          items: [
            { fate: 'unknown', reason: 'first-known', due_at: '1970-01-01T00:00:00.000Z', later },
            { fate: 'unexplained', later },
            { fate: 'run', run: { id: FAILED_RUN_ID, state: 'failed', attempt: 2, lateness_ms: 5 }, later },
            { fate: 'skipped', reason: 'overlap', decided_at: '2025-09-16T01:45:00.000Z', later },
            { fate: 'pending', starts_at: '2025-09-16T02:00:00.002Z', later },
            { fate: 'foreseen', foreseen: 'run', starts_at: '2025-09-16T02:15:00.500Z', calendar: null, later },
            { fate: 'foreseen', foreseen: 'excluded', starts_at: null, calendar: 'holidays', later },
            { fate: 'foreseen', foreseen: 'suppressed', later },
          ],
          next_cursor: String(T0 + 3_600_000),
          manual: [],
          manual_complete: true,
        },
      })
      const asked = { job: JOB, from: T0, to: T0 + 86_400_000, limit: 2_000, cursor: String(T0) }
      expect(scene.staged.calls).toEqual([`due-times ${JSON.stringify(asked)}`])
    })

    it('audits one job where it is asked to', async () => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', `/audit?to=2025-09-16T02:00:00Z&job=${JOB}`)).status).toBe(200)
      expect(scene.staged.calls).toEqual([`audit {"from":${T0 - 86_400_000},"to":${T0},"job":"${JOB}"}`])
    })

    it('answers 404 for a job that is none', async () => {
      const scene = await openScene(serve)
      for (const path of ['/jobs/none/preview', '/jobs/none/explain?at=2025-09-16T02:00:00Z', '/jobs/none/due-times'])
        expect((await scene.as('ada', 'admin', path)).status).toBe(404)
      expect(scene.staged.calls.filter((call) => call !== 'snapshot')).toEqual([])
    })
  })
}
