import { describe, expect, it } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

export function makingRoom<S>({ open }: EngineStage<S>): void {
  describe('brings no more than there is room for', () => {
    it('never puts more into the hands of a worker than it has places, and goes on when one is free', async () => {
      const scene = await open()
      await scene.claim(...scene.messages(30))
      const worker = await scene.worker({ concurrency: 4, holds: true })
      await scene.until(() => worker.began.length === 4)
      await scene.pass(300)
      expect(worker.began).toHaveLength(4)
      while (worker.began.length < 30) {
        const before = worker.began.length
        worker.finish(worker.began.slice(-1))
        await scene.until(() => worker.began.length > before)
      }
      worker.finish()
      expect(worker.mostInHand).toBe(4)
      expect(worker.mostTooMany).toBeLessThanOrEqual(0)
    })

    it('leaves what a full worker cannot take to another one', async () => {
      const scene = await open()
      const full = await scene.worker({ concurrency: 1, holds: true })
      await scene.claim(scene.message())
      await scene.until(() => full.began.length === 1)
      const messages = await scene.claim(...scene.messages(5))
      const free = await scene.worker({ concurrency: 5 })
      await scene.until(() => free.began.length === 5)
      expect([...free.began].sort()).toEqual(messages.map(({ id }) => id).sort())
      expect(full.began).toHaveLength(1)
    })

    it('brings nothing while there is no room, and goes on when there is some', async () => {
      const scene = await open()
      const paused = await scene.worker()
      paused.pause(true)
      const [first] = await scene.claim(scene.message())
      await scene.pass(700)
      expect(paused.began).toEqual([])
      paused.pause(false)
      await scene.until(() => paused.began.length === 1)
      expect(paused.began).toEqual([first?.id])
    })
  })
}
