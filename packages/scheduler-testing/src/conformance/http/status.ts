import { SchedulerError } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { HttpScope, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'

export function describeStatus(serve: ServeHttp, scope: HttpScope): void {
  describe('status', () => {
    it('serves the two frozen responses, name for name', async () => {
      const scene = await openScene(serve)
      const admin = await scene.as('ada', 'admin', '/status')
      expect(admin.status).toBe(200)
      expect(admin.text).toBe(ADMIN_V1)
      const marketData = await scene.as('ada', 'market-data', '/status')
      expect(marketData.status).toBe(200)
      expect(marketData.text).toBe(MARKET_DATA_V1)
    })

    it('tags each view of a snapshot strongly, and asks readers to come back with the tag', async () => {
      const scene = await openScene(serve)
      const { headers } = await scene.as('ada', 'admin', '/status')
      expect(headers).toMatchObject({ etag: '"1758-1.admin.v1"', 'cache-control': 'private, no-cache' })
      expect((await scene.as('ada', 'market-data', '/status')).headers.etag).toBe('"1758-1.market-data.v1"')
      scene.staged.advance()
      expect((await scene.as('ada', 'admin', '/status')).headers.etag).toBe('"1758-2.admin.v1"')
    })

    it.each([
      ['the tag', '"1758-1.admin.v1"'],
      ['the tag, weakened on its way', 'W/"1758-1.admin.v1"'],
      ['the tag, marked by a proxy that compresses', '"1758-1.admin.v1-gzip"'],
      ['the tag among others', '"0-1.admin.v1", "1758-1.admin.v1"'],
      ['anything', '*'],
    ])('answers 304 without a body to %s', async (_what, tag) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/status', { headers: { 'if-none-match': tag } })
      expect(answer).toMatchObject({ status: 304, text: '' })
      expect(answer.headers.etag).toBe('"1758-1.admin.v1"')
      expect(answer.headers['content-type']).toBeUndefined()
    })

    it('serves the last snapshot while the store is away, and says how old it is', async () => {
      const scene = await openScene(serve)
      scene.staged.goStale(90_500)
      const answer = await scene.as('ada', 'admin', '/status')
      expect(answer).toMatchObject({ status: 200, text: ADMIN_V1 })
      expect(answer.headers.age).toBe('90')
      expect(answer.headers['cache-status']).toBe('scheduler; hit; ttl=-90; detail=store-unavailable')
      const again = await scene.as('ada', 'admin', '/status', {
        headers: { 'if-none-match': answer.headers.etag ?? '' },
      })
      expect(again.status).toBe(304)
      expect(again.headers.age).toBe('90')
    })

    it('answers 503 and when to come back, when there was never a snapshot', async () => {
      const scene = await openScene(serve)
      scene.staged.failWith(new SchedulerError('STORE_UNAVAILABLE', { operation: 'snapshot' }))
      const answer = await scene.as('ada', 'market-data', '/status')
      expect(answer).toMatchObject({ status: 503, json: { code: 'STORE_UNAVAILABLE' } })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    })

    it('answers HEAD as GET, without the body', async () => {
      const scene = await openScene(serve)
      const get = await scene.as('ada', 'admin', '/status')
      const head = await scene.as('ada', 'admin', '/status', { method: 'HEAD' })
      expect(head).toMatchObject({ status: 200, text: '' })
      for (const name of ['etag', 'content-type', 'cache-control', 'content-length'])
        expect(head.headers[name]).toBe(get.headers[name])
    })

    it('ignores a query that it does not know, as a cache breaker', async () => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', '/status?_=1758')).status).toBe(200)
    })

    if (scope === 'mount') return

    it('says 0 instead of null for an empty rate where a client wants that', async () => {
      const scene = await openScene(serve, { admin: { emptyRate: 0 } })
      expect((await scene.as('ada', 'admin', '/status')).json).toMatchObject({ success_rate: 98.33 })
    })

    it.each([
      ['another snapshot', '"1758-0.admin.v1"'],
      ['another view', '"1758-1.market-data.v1"'],
      ['nonsense', 'x'],
      ['nothing', ''],
    ])('answers 200 to the tag of %s', async (_what, tag) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', '/status', { headers: { 'if-none-match': tag } })
      expect(answer.status).toBe(200)
    })

    it('says nothing of an age while the store is there', async () => {
      const scene = await openScene(serve)
      const { headers } = await scene.as('ada', 'admin', '/status')
      expect(headers.age).toBeUndefined()
      expect(headers['cache-status']).toBeUndefined()
    })
  })
}

const ADMIN_V1 =
  '{"schedulerName":"conformance","state":"running","lastRun":"2025-09-16T01:59:00.000Z",' +
  '"nextRun":"2025-09-16T02:14:00.000Z","total_runs":60,"successful_runs":59,"failed_runs":1,' +
  '"symbols_processed":187,"success_rate":98.33,"uptimeSeconds":3600}'

const MARKET_DATA_V1 =
  '{"scheduler":{"state":"running","next_run":"2025-09-16T02:14:00.000Z","interval_minutes":15},' +
  '"recent_activity":{"total_symbols_processed":187,"success_rate":98.33,"avg_response_time_ms":150},' +
  '"provider_stats":{"yahoo_finance":{"enabled":true,"success_rate":80},' +
  '"alpha_vantage":{"enabled":false,"api_key_configured":false}}}'
