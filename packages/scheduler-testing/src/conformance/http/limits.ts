import { request } from 'node:http'

import { SchedulerError } from '@pm/scheduler-core'
import { createCommandLimits } from '@pm/scheduler-core/http'
import { describe, expect, it } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import type { HttpScope, ServeHttp } from './adapter.ts'
import { openScene, ROUTES } from './scene.ts'
import { ENTRIES, JOB, T0 } from './staged-past.ts'

export function describeLimits(serve: ServeHttp, scope: HttpScope): void {
  describe('deprecation', () => {
    it('is told with every answer of a router that is deprecated, and of no other', async () => {
      const deprecation = { at: Date.UTC(2026, 0), sunset: Date.UTC(2027, 0), link: 'https://docs.example.com/v2' }
      const scene = await openScene(serve, { admin: { deprecation } })
      const etag = (await scene.as('ada', 'admin', '/status')).headers.etag ?? ''
      const answers = [
        await scene.as('ada', 'admin', '/status'),
        await scene.as('ada', 'admin', '/status', { headers: { 'if-none-match': etag } }),
        await scene.as('ada', 'admin', '/status', { method: 'HEAD' }),
        await scene.as('ada', 'admin', '/events'),
        await scene.as('ada', 'admin', '/start', { method: 'POST' }),
        await scene.as('ada', 'admin', '/start', { method: 'OPTIONS' }),
        await scene.as('vic', 'admin', '/status'),
        await scene.as('ada', 'admin', '/none'),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 200, 200, 204, 403, 404])
      for (const { headers } of answers) {
        expect(headers).toMatchObject({
          deprecation: '@1767225600',
          sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
          link: '<https://docs.example.com/v2>; rel="deprecation"; type="text/html"',
        })
      }
      const { json } = await scene.as('ada', 'admin', '/openapi.json')
      expect(json).toMatchObject({ paths: { '/status': { get: { deprecated: true } } } })
      const other = await scene.as('ada', 'market-data', '/status')
      expect(other.headers).not.toHaveProperty('deprecation')
      expect(other.headers).not.toHaveProperty('sunset')
    })
  })

  describe('questions', () => {
    it('are no longer wanted once their caller has hung up, and wanted as long as it waits', async () => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', '/runs')
      scene.staged.hang()
      const { abandoned, hangUp } = askAndHangUp(`${scene.baseUrl('admin')}/audit`)
      const [, asker] = await until(
        () => scene.staged.askers,
        (askers) => askers.length === 2,
      )
      const signal = asker?.signal
      expect(asker?.by).toBe('ada')
      expect(signal?.aborted).toBe(false)
      const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
      hangUp()
      await Promise.all([aborted, abandoned])
      expect(scene.staged.askers.map((each) => each.signal?.aborted)).toEqual([false, true])
    })
  })

  if (scope === 'mount') return

  describe('the budget of questions', () => {
    it('refuses 503, says when to come back, and is reported once for many', async () => {
      const clock = createManualClock()
      const scene = await openScene(serve, { admin: { clock } })
      scene.staged.failWith(new SchedulerError('READS_BUSY', {}))
      for (let time = 0; time < 3; time++) {
        const refused = await scene.as('ada', 'admin', '/audit')
        expect(refused).toMatchObject({ status: 503, json: { code: 'READS_BUSY' }, headers: { 'retry-after': '5' } })
      }
      expect(scene.reported).toEqual([])
      await clock.advance(10_000)
      expect(scene.reported).toMatchObject([{ route: 'audit', count: 3, error: { code: 'READS_BUSY' } }])
    })

    it('names the narrower question', async () => {
      const scene = await openScene(serve)
      const narrower = 'of one job (job), or of a shorter range (from, to)'
      scene.staged.failWith(new SchedulerError('READ_TOO_LARGE', { over: 'rows', limit: 1_000, narrower }))
      const { status, json } = await scene.as('ada', 'admin', '/audit')
      expect(status).toBe(422)
      expect(json).toMatchObject({ code: 'READ_TOO_LARGE', detail: expect.stringContaining(narrower) })
      expect(scene.reported).toEqual([])
    })

    it('has every question of the store in it, asked by the principal', async () => {
      const scene = await openScene(serve)
      const paths: Readonly<Record<string, string>> = {
        '/jobs/:job/explain': `?at=${new Date(T0).toISOString()}`,
        '/jobs/:job/backfill': `?from=${new Date(T0).toISOString()}&to=${new Date(T0 + 1).toISOString()}`,
        '/history': `?metric=total_runs&from=${new Date(T0).toISOString()}&to=${new Date(T0 + 60_000).toISOString()}&step_ms=60000`,
      }
      const budgeted = ROUTES.admin.filter(({ isBudgeted }) => isBudgeted)
      expect(budgeted.map(({ id }) => id).sort()).toEqual(QUESTIONS)
      for (const { path } of budgeted) {
        const before = scene.staged.askers.length
        const asked = path.replace(':job', JOB).replace(':id', ENTRIES[0]?.id ?? '')
        expect((await scene.as('bob', 'admin', `${asked}${paths[path] ?? ''}`)).status, path).toBe(200)
        const askers = scene.staged.askers.slice(before)
        expect(askers.length, path).toBeGreaterThan(0)
        for (const { by, signal } of askers) expect([by, signal instanceof AbortSignal], path).toEqual(['bob', true])
      }
    })
  })

  describe('limits of commands', () => {
    it('answers 429 and when to come back, does nothing, and takes the next one then', async () => {
      const clock = createManualClock()
      const commandLimits = createCommandLimits({ perMinute: 20, burst: 2, clock })
      const scene = await openScene(serve, { admin: { commandLimits } })
      const start = (who: string) => scene.as(who, 'admin', '/start', { method: 'POST' })
      for (const expected of [200, 200]) expect((await start('ada')).status).toBe(expected)
      const refused = await start('ada')
      expect(refused).toMatchObject({ status: 429, json: { code: 'TOO_MANY_REQUESTS' } })
      expect(refused.headers['retry-after']).toBe('3')
      expect(scene.staged.calls).toHaveLength(2)
      expect((await start('bob')).status).toBe(200)
      expect((await scene.as('ada', 'admin', '/jobs')).status).toBe(200)
      await clock.advance(2_999)
      expect((await start('ada')).headers['retry-after']).toBe('1')
      await clock.advance(1)
      expect((await start('ada')).status).toBe(200)
    })

    it('counts repeats with a key too', async () => {
      const commandLimits = createCommandLimits({ burst: 3, clock: createManualClock() })
      const scene = await openScene(serve, { admin: { commandLimits } })
      const sent = { method: 'POST', headers: { 'idempotency-key': 'one' } }
      const statuses = []
      for (let time = 0; time < 5; time++) statuses.push((await scene.as('ada', 'admin', '/stop', sent)).status)
      expect(statuses).toEqual([202, 202, 202, 429, 429])
    })

    it('has no place for those who are refused anyway', async () => {
      const commandLimits = createCommandLimits({ burst: 1, clock: createManualClock() })
      const scene = await openScene(serve, { admin: { commandLimits } })
      const crossSite = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }
      for (let time = 0; time < 3; time++) {
        expect((await scene.as('vic', 'admin', '/start', { method: 'POST' })).status).toBe(403)
        expect((await scene.as('ada', 'admin', '/start', crossSite)).status).toBe(403)
      }
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST' })).status).toBe(200)
    })
  })
}

/** The routes whose answers come out of the budget. */
const QUESTIONS = [
  'audit',
  'config',
  'due-times',
  'explain',
  'history',
  'log',
  'preview',
  'preview-backfill',
  'run',
  'runs',
  'upcoming',
]

/** Asks as ada, and hangs up when told to. `abandoned` resolves when the connection is gone. */
function askAndHangUp(url: string): { readonly abandoned: Promise<void>; readonly hangUp: () => void } {
  const outgoing = request(url, { headers: { authorization: 'Bearer ada' }, agent: false })
  const abandoned = new Promise<void>((resolve) => outgoing.once('close', () => resolve()))
  outgoing.once('error', () => {})
  outgoing.end()
  return { abandoned, hangUp: () => void outgoing.destroy() }
}

/** Looks after each turn of the event loop, until what it looks for is there. */
async function until<T>(look: () => T, isThere: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = look()
    if (isThere(value)) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}
