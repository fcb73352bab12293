import { describe, expect, it } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

export function opening<S>({ open }: EngineStage<S>): void {
  describe('opens, stops and closes', () => {
    it('brings nothing after its consumption was stopped, nor after it was closed', async () => {
      const scene = await open()
      const [stopped, closed] = [await scene.worker(), await scene.worker()]
      await scene.claim(scene.message())
      await scene.until(() => scene.ledger.taken.length === 1)
      await Promise.all([stopped.stop(), closed.side.engine.close()])
      const before = [stopped.began.length, closed.began.length]
      const [message] = await scene.claim(scene.message())
      await scene.pass(700)
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 1)
      expect(worker.began).toEqual([message?.id])
      expect([stopped.began.length, closed.began.length]).toEqual(before)
    })

    it('ends its consumption when nothing is being brought any more', async () => {
      const scene = await open()
      const worker = await scene.worker()
      const gate = Promise.withResolvers<void>()
      let isHeld = false
      worker.fetched = async () => {
        isHeld = true
        await gate.promise
      }
      await scene.claim(scene.message())
      await scene.until(() => isHeld)
      let hasStopped = false
      const stopping = worker.stop().then(() => {
        hasStopped = true
      })
      await scene.pass(100)
      expect(hasStopped).toBe(false)
      gate.resolve()
      await stopping
      expect(scene.ledger.taken).toHaveLength(1)
    })

    it('consumes again after it was stopped', async () => {
      const scene = await open()
      const worker = await scene.worker()
      await worker.stop()
      await worker.stop()
      await worker.start()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
    })

    it('does nothing when it is opened twice, and works', async () => {
      const scene = await open()
      await Promise.all([scene.engine.open(scene.use()), scene.engine.open(scene.use())])
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
    })

    it('can be closed before it was opened, and twice', async () => {
      const scene = await open()
      const { engine } = await scene.harness.createSide('worker')
      await engine.close()
      await Promise.all([scene.engine.close(), scene.engine.close()])
      await scene.engine.close()
    })

    it('can be opened again after it was closed', async () => {
      const scene = await open()
      await scene.engine.close()
      await scene.openScheduler()
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
    })

    it('has a name and nothing to do for no messages', async () => {
      const scene = await open()
      expect(scene.engine.name).toMatch(/^[\w-]+$/)
      await scene.dispatch()
      await scene.cancel()
      await scene.engine.ensureQueues([])
    })
  })
}
