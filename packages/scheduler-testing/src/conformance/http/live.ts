import { createStreamLimits, type HttpView, type LiveOptions } from '@pm/scheduler-core/http'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import type { HttpScope, ServeHttp } from './adapter.ts'
import { type OpenStream, openStream } from './event-stream.ts'
import { type HttpScene, openScene } from './scene.ts'

export function describeLive(serve: ServeHttp, scope: HttpScope): void {
  describe('live updates', () => {
    it('begin with what /status says, as one event with the id of its snapshot', async () => {
      const { scene, listen } = await openLiveScene(serve)
      for (const view of ['admin', 'market-data'] as const) {
        const stream = await listen({ view })
        const status = await scene.as('ada', view, '/status')
        expect(await stream.until('data: ')).toBe(BEGINNING + eventOf('1758-1', status.text))
        expect(stream.status).toBe(200)
        expect(stream.headers).toMatchObject({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store, no-transform',
          'x-accel-buffering': 'no',
        })
        expect(stream.headers['content-length']).toBeUndefined()
        expect(stream.headers['content-encoding']).toBeUndefined()
      }
    })

    it('bring a change to everybody, once, and nothing while nothing has changed', async () => {
      const { scene, clock, listen } = await openLiveScene(serve)
      const streams = await Promise.all([listen(), listen(), listen({ view: 'market-data' })])
      for (const stream of streams) await stream.until('data: ')
      await clock.advance(5_000)
      scene.staged.advance()
      await clock.advance(1_000)
      for (const stream of streams) {
        const events = (await stream.until('id: 1758-2\n')).match(/^id: .*$/gm)
        expect(events).toEqual(['id: 1758-1', 'id: 1758-2'])
      }
    })

    it('tell every five seconds that they are alive', async () => {
      const { clock, listen } = await openLiveScene(serve)
      const stream = await listen({ lastEventId: '1758-1' })
      await clock.advance(15_000)
      expect(await stream.until('\n\n:\n\n:\n\n:\n\n')).toBe(`${BEGINNING}:\n\n:\n\n:\n\n`)
    })

    it('have room for so many readers, and for so many of one; a place is free when its reader has gone', async () => {
      const limits = createStreamLimits({ total: 3, perPrincipal: 2 })
      const { scene, listen } = await openLiveScene(serve, { limits })
      const refused = { status: 503, json: { code: 'TOO_MANY_STREAMS' } }
      const [first] = [await listen(), await listen({ view: 'market-data' })]
      const third = await scene.as('ada', 'admin', '/events')
      expect(third).toMatchObject(refused)
      expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
      await listen({ who: 'bob' })
      expect(await scene.as('bob', 'admin', '/events')).toMatchObject(refused)
      expect((await scene.as('ada', 'admin', '/events', { method: 'HEAD' })).status).toBe(503)
      first?.leave()
      await expect.poll(() => scene.as('bob', 'admin', '/events')).toMatchObject({ status: 200 })
    })

    it('are reported once with their number when many are refused', async () => {
      const { scene, clock, listen } = await openLiveScene(serve, { limits: createStreamLimits({ total: 1 }) })
      await listen()
      for (let client = 0; client < 20; client++) expect((await scene.as('bob', 'admin', '/events')).status).toBe(503)
      expect(scene.reported).toEqual([])
      await clock.advance(10_000)
      expect(scene.reported).toMatchObject([{ route: 'events', count: 20, error: { code: 'TOO_MANY_STREAMS' } }])
    })

    it('take no place for a HEAD request', async () => {
      const { scene, listen } = await openLiveScene(serve, { limits: createStreamLimits({ total: 1 }) })
      for (let again = 0; again < 3; again++)
        expect(await scene.as('ada', 'admin', '/events', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
      expect((await listen()).status).toBe(200)
    })

    it('end when the scheduler closes, are refused from then on, and begin again when it is opened', async () => {
      const { scene, listen } = await openLiveScene(serve)
      const streams = [await listen(), await listen({ view: 'market-data' })]
      scene.staged.emit('closing', {})
      for (const stream of streams) await stream.ended
      expect(await scene.as('ada', 'admin', '/events')).toMatchObject({ status: 503, json: { code: 'SHUTTING_DOWN' } })
      scene.staged.emit('opened', {})
      expect((await listen()).status).toBe(200)
    })

    it('leave nothing running when the last reader has gone', async () => {
      const { scene, clock, listen } = await openLiveScene(serve)
      const listeners = scene.staged.listeners
      const streams = [await listen(), await listen()]
      expect(clock.pendingTimers).toBeGreaterThan(0)
      for (const stream of streams) stream.leave()
      await expect.poll(() => clock.pendingTimers).toBe(0)
      expect(scene.staged.listeners).toBe(listeners)
    })

    if (scope === 'mount') return

    it('bring a change of this process at once, but no more than four in a second', async () => {
      const { scene, clock, listen } = await openLiveScene(serve)
      const stream = await listen()
      await stream.until('data: ')
      for (let step = 0; step < 10; step++) {
        await clock.advance(100)
        scene.staged.advance()
        scene.staged.emit('state-changed', { from: 'running', to: 'paused' })
      }
      await clock.advance(250)
      const ids = (await stream.until('id: 1758-11\n')).match(/^id: .*$/gm) ?? []
      expect(ids.length).toBeGreaterThan(2)
      expect(ids.length).toBeLessThanOrEqual(6)
    })

    it('go on where a reader left: with nothing when it has the latest, or with the latest', async () => {
      const { scene, clock, listen } = await openLiveScene(serve)
      const upToDate = await listen({ lastEventId: '1758-1' })
      await clock.advance(5_000)
      expect(await upToDate.until('\n\n:\n\n')).toBe(`${BEGINNING}:\n\n`)
      scene.staged.advance()
      await clock.advance(1_000)
      expect(await upToDate.until('data: ')).toMatch(/^: +\n\n:\n\nid: 1758-2\n/)
      for (const lastEventId of ['1758-1', '1757-9', '', 'nonsense', '"', '0'.repeat(4_000), '-', '__proto__']) {
        const behind = await listen({ lastEventId })
        expect(await behind.until('data: ')).toMatch(/^: +\n\nid: 1758-2\n/)
      }
    })

    it('end after five minutes at the most, and who comes back is asked who it is', async () => {
      const { scene, clock, listen } = await openLiveScene(serve)
      const stream = await listen()
      await stream.until('data: ')
      await clock.advance(239_000)
      expect(scene.asked).toHaveLength(1)
      await clock.advance(76_000)
      await stream.ended
      await listen({ lastEventId: '1758-1' })
      expect(scene.asked).toHaveLength(2)
      expect(scene.asked[1]).toEqual({ view: 'admin', action: 'read-events', access: 'read', job: null })
    })

    it('are refused when there was never a snapshot, and hold no place then', async () => {
      const { scene, listen } = await openLiveScene(serve, { limits: createStreamLimits({ total: 1 }) })
      scene.staged.failWith(new Error('the store is away'))
      expect((await scene.as('ada', 'admin', '/events')).status).toBe(500)
      scene.staged.failWith(null)
      expect((await listen()).status).toBe(200)
    })
  })
}

/** 4,096 bytes, which fill the smallest buffers that proxies have. */
const BEGINNING = `:${' '.repeat(4_093)}\n\n`

interface Listening {
  readonly view?: HttpView
  readonly who?: string
  readonly lastEventId?: string
}

interface LiveScene {
  readonly scene: HttpScene
  readonly clock: ManualClock
  listen(listening?: Listening): Promise<OpenStream>
}

async function openLiveScene(serve: ServeHttp, live: LiveOptions = {}): Promise<LiveScene> {
  const clock = createManualClock()
  const options = { clock, live }
  const scene = await openScene(serve, { admin: options, marketData: options })
  return {
    scene,
    clock,
    async listen({ view = 'admin', who = 'ada', lastEventId } = {}) {
      const stream = await openStream(`${scene.baseUrl(view)}/events`, {
        authorization: `Bearer ${who}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      })
      onTestFinished(() => stream.leave())
      return stream
    },
  }
}

function eventOf(id: string, data: string): string {
  return `id: ${id}\nevent: status\ndata: ${data}\n\n`
}
