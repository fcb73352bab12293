import { type Clock, SchedulerError, systemClock } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import type { ReadHeader, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'

export function describeProbes(serve: ServeHttp): void {
  describe('probes', () => {
    it('say pass, to everybody, and nothing else', async () => {
      const scene = await openScene(serve)
      for (const path of ['/health/live', '/health/ready']) {
        const answer = await scene.ask('health', path)
        expect(answer).toMatchObject({ status: 200, text: '{"status":"pass"}' })
        expect(answer.headers['cache-control']).toBe('no-store')
        expect(await scene.ask('health', path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
      }
    })

    it('are not ready while the store is away, but alive', async () => {
      const scene = await openScene(serve)
      scene.staged.failWith(new SchedulerError('STORE_UNAVAILABLE', { operation: 'snapshot' }))
      expect(await scene.ask('health', '/health/ready')).toMatchObject({ status: 503, text: '{"status":"fail"}' })
      expect((await scene.ask('health', '/health/live')).status).toBe(200)
    })

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
  })
}
