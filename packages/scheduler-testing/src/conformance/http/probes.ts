import { type Clock, SchedulerError, systemClock } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { HttpScope, ReadHeader, ServeHttp } from './adapter.ts'
import { send } from './client.ts'
import { openScene } from './scene.ts'

export function describeProbes(serve: ServeHttp, scope: HttpScope): void {
  describe('probes', () => {
    it('say pass, to everybody, and nothing else', async () => {
      const scene = await openScene(serve)
      for (const path of ['/health/live', '/health/ready', '/health/data']) {
        const answer = await scene.ask('health', path)
        expect(answer).toMatchObject({ status: 200, text: '{"status":"pass"}' })
        expect(answer.headers['cache-control']).toBe('no-store')
        expect(await scene.ask('health', path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
      }
    })

    it('need not be called /health twice below a prefix, and are called so at the root', async () => {
      const scene = await openScene(serve)
      const isAtRoot = new URL(scene.baseUrl('health')).pathname === '/'
      for (const path of ['/live', '/ready', '/data', '/live/']) {
        const { status } = await send(scene.baseUrl('health') + path, {})
        expect({ path, status }).toEqual({ path, status: isAtRoot ? 404 : 200 })
      }
      // 418 is of the host's own routes, which come after ours.
      expect([404, 418]).toContain((await send(`${scene.baseUrl('health')}/other`, {})).status)
    })

    it('are not ready while the store is away, but alive', async () => {
      const scene = await openScene(serve)
      scene.staged.failWith(new SchedulerError('STORE_UNAVAILABLE', { operation: 'snapshot' }))
      expect(await scene.ask('health', '/health/ready')).toMatchObject({ status: 503, text: '{"status":"fail"}' })
      expect((await scene.ask('health', '/health/live')).status).toBe(200)
    })

    it('tell the reasons, as codes, to those who may know, and keep nobody out', async () => {
      const authorize = (header: ReadHeader) => {
        if (header('authorization') === 'Bearer ada') return { allow: true, principal: { name: 'ada' } } as const
        throw new Error('the directory is down')
      }
      const scene = await openScene(serve, { health: { authorize } })
      scene.staged.wedge()
      scene.staged.failWith(new SchedulerError('SCHEMA_NOT_READY', { found: '1', required: '2' }))
      const why = (reason: string) => ({ status: 503, json: { status: 'fail', reasons: [reason] } })
      expect(await scene.as('ada', 'health', '/health/live')).toMatchObject(why('TICK_LOOP_STUCK'))
      expect(await scene.as('ada', 'health', '/health/ready')).toMatchObject(why('SCHEMA_NOT_READY'))
      for (const who of ['vic', 'eve'])
        expect(await scene.as(who, 'health', '/health/ready')).toMatchObject({ status: 503, text: '{"status":"fail"}' })
    })

    it('take no other method', async () => {
      const scene = await openScene(serve)
      expect((await scene.ask('health', '/health/live', { method: 'POST' })).status).toBe(405)
    })

    if (scope === 'mount') return

    it('are not ready while only the last snapshot is there', async () => {
      const scene = await openScene(serve)
      scene.staged.goStale(1_000)
      expect((await scene.ask('health', '/health/ready')).status).toBe(503)
    })

    it('answer also when the scheduler does not', async () => {
      const impatient: Clock = { ...systemClock, setTimer: (callback) => systemClock.setTimer(callback, 0) }
      const scene = await openScene(serve, { health: { clock: impatient } })
      scene.staged.hang()
      expect((await scene.ask('health', '/health/ready')).status).toBe(503)
      expect((await scene.ask('health', '/health/live')).status).toBe(200)
    })

    it('are not alive when the tick loop does not come round, and not ready when the scheduler is closed', async () => {
      const scene = await openScene(serve)
      scene.staged.wedge()
      expect(await scene.ask('health', '/health/live')).toMatchObject({ status: 503, text: '{"status":"fail"}' })
      expect((await scene.ask('health', '/health/ready')).status).toBe(200)
      await scene.staged.scheduler.close()
      expect(await scene.ask('health', '/health/ready')).toMatchObject({ status: 503, text: '{"status":"fail"}' })
    })

    it('are not fresh when a feed is expired, or unknown although there was time to ask for it', async () => {
      const scene = await openScene(serve, { health: { authorize: () => ADA } })
      const { snapshot } = await scene.staged.scheduler.snapshot()
      const NONE = { total: 3, fresh: 0, stale: 0, expired: 0, off_season: 0, unknown: 0 }
      const upFor = (uptimeMs: number) => ({ ...snapshot.scheduler, uptimeMs, intervalMs: 900_000 })
      const counted = (counts: Partial<typeof NONE>) => ({ ...snapshot.feeds, counts: { ...NONE, ...counts } })
      for (const [reasons, feeds, uptimeMs = 3_600_000] of [
        [[], counted({ fresh: 1, stale: 1, off_season: 1 })],
        [[], counted({ total: 0 })],
        [[], counted({ unknown: 3 }), 1_800_000],
        [['FEED_UNKNOWN'], counted({ fresh: 2, unknown: 1 }), 1_800_001],
        [['FEED_EXPIRED'], counted({ fresh: 2, expired: 1 }), 0],
        [['FEED_EXPIRED', 'FEED_UNKNOWN'], counted({ fresh: 1, expired: 1, unknown: 1 })],
        [['FEEDS_TIMED_OUT'], { ...snapshot.feeds, items: null, error: 'FEEDS_TIMED_OUT' as const }],
      ] as const) {
        scene.staged.show({ feeds, scheduler: upFor(uptimeMs) })
        const passes = reasons.length === 0
        const answer = await scene.ask('health', '/health/data')
        expect(answer).toMatchObject({
          status: passes ? 200 : 503,
          json: { status: passes ? 'pass' : 'fail', reasons },
        })
        expect((await scene.ask('health', '/health/ready')).status).toBe(200)
      }
      const group = { name: 'first floor', total: 10, lateUnknown: 1, mayBeLate: 0.2 }
      const asked = { ...counted({ expired: 3, unknown: 1 }), groups: [{ ...group, late: 2 }] }
      for (const [reasons, feeds, uptimeMs = 3_600_000] of [
        [[], asked],
        [[], { ...asked, groups: [] }],
        [
          ['FEEDS_LATE'],
          {
            ...asked,
            groups: [
              { ...group, late: 2 },
              { ...group, late: 3 },
            ],
          },
        ],
        [[], { ...asked, groups: [{ ...group, late: 3 }] }, 1_000],
      ] as const) {
        scene.staged.show({ feeds, scheduler: upFor(uptimeMs) })
        expect((await scene.ask('health', '/health/data')).json).toMatchObject({ reasons })
      }
      scene.staged.goStale(1_000)
      expect((await scene.ask('health', '/health/data')).json).toMatchObject({ reasons: ['STORE_SLOW'] })
    })
  })
}

const ADA = { allow: true, principal: { name: 'ada' } } as const
