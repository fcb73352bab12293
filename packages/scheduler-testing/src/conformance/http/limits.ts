import { createCommandLimits } from '@pm/scheduler-core/http'
import { describe, expect, it } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import type { HttpScope, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'

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

  if (scope === 'mount') return

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

    it('counts a command once, however often it is repeated with its key', async () => {
      const commandLimits = createCommandLimits({ burst: 2, clock: createManualClock() })
      const scene = await openScene(serve, { admin: { commandLimits } })
      const sent = { method: 'POST', headers: { 'idempotency-key': 'one' } }
      for (let time = 0; time < 5; time++) expect((await scene.as('ada', 'admin', '/stop', sent)).status).toBe(202)
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST' })).status).toBe(200)
      expect((await scene.as('ada', 'admin', '/start', { method: 'POST' })).status).toBe(429)
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
