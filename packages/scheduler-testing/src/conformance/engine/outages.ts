import { describe, expect, it, onTestFinished } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

export function outages<S>({ open }: EngineStage<S>): void {
  describe('survives the death of others', () => {
    it('brings a message again whose worker died before it took it over, in time', async (context) => {
      const scene = await open(context, 'kill')
      const { againWithinMs = 8_000 } = scene.harness
      const doomed = await scene.worker()
      const gate = Promise.withResolvers<void>()
      onTestFinished(() => gate.resolve())
      let isHeld = false
      doomed.fetched = async () => {
        isHeld = true
        await gate.promise
        throw new Error('It is dead.')
      }
      const [message] = await scene.claim(scene.message())
      await scene.until(() => isHeld)
      await doomed.side.kill?.()
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 1, { withinMs: againWithinMs })
      expect(worker.began).toEqual([message?.id])
    })

    it('never runs again what was taken over, when its worker died', async (context) => {
      const scene = await open(context, 'kill')
      const { againWithinMs = 8_000 } = scene.harness
      const doomed = await scene.worker({ holds: true })
      await scene.claim(...scene.messages(3))
      await scene.until(() => doomed.began.length === 3)
      await doomed.side.kill?.()
      const worker = await scene.worker()
      await scene.pass(againWithinMs)
      expect(worker.began).toEqual([])
      const [later] = await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
      expect(worker.began).toEqual([later?.id])
    })

    it('says that a queue was deleted, and makes it again', async (context) => {
      const scene = await open(context, 'deleteQueue')
      const { harness, scheduler, engine } = scene
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
      await harness.deleteQueue?.(scheduler, 'default')
      const [message] = scene.messages(1)
      if (message === undefined) throw new Error('There is one.')
      scene.ledger.queue([message])
      await expect(scene.dispatch(message)).rejects.toMatchObject({ code: 'ENGINE_QUEUE_MISSING' })
      await engine.ensureQueues(['default'])
      await scene.dispatch(message)
      await scene.until(() => worker.began.length === 2)
      expect(worker.began[1]).toBe(message.id)
    })

    it('goes on when the server was away', async (context) => {
      const scene = await open(context, 'server')
      const { server } = scene.harness
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
      await server?.stop()
      const missed = scene.messages(2)
      scene.ledger.queue(missed)
      const refused = await scene.dispatch(...missed).catch((error: unknown) => error)
      expect(['ENGINE_UNAVAILABLE', 'STORE_UNAVAILABLE']).toContain((refused as { code?: string } | undefined)?.code)
      await server?.start()
      await scene.untilItWorks(() => scene.dispatch(...missed))
      await scene.until(() => worker.began.length === 3, { withinMs: 30_000 })
      expect([...worker.began.slice(1)].sort()).toEqual(missed.map(({ id }) => id).sort())
    })

    it('closes in time when the server is away', async (context) => {
      const scene = await open(context, 'server')
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
      await scene.harness.server?.stop()
      const began = performance.now()
      await Promise.all([scene.engine.close(), worker.side.engine.close()])
      expect(performance.now() - began).toBeLessThan(8_000)
      await scene.harness.server?.start()
    })

    it('rejects in time, and can be opened later, when the server is away at first', async (context) => {
      const scene = await open(context, 'server')
      const { engine } = await scene.harness.createSide('scheduler')
      await scene.harness.server?.stop()
      const began = performance.now()
      await expect(engine.open(scene.use())).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
      expect(performance.now() - began).toBeLessThan(10_000)
      await scene.harness.server?.start()
      await scene.untilItWorks(() => engine.open(scene.use()))
      await engine.close()
    })
  })
}
