import { describe, expect, it } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

/** Each run is taken over once, however often it was handed over. */
export function delivering<S>({ open }: EngineStage<S>): void {
  describe('brings runs to workers', () => {
    it('brings each run that was handed over, once', async () => {
      const scene = await open()
      const worker = await scene.worker()
      const messages = await scene.claim(...scene.messages(25))
      await scene.until(() => worker.began.length === 25)
      expect([...worker.began].sort()).toEqual(messages.map(({ id }) => id).sort())
    })

    it('brings what was handed over before the worker came', async () => {
      const scene = await open()
      const [message] = await scene.claim(scene.message())
      const worker = await scene.worker()
      await scene.until(() => worker.began.length > 0)
      expect(worker.began).toEqual([message?.id])
    })

    it('changes nothing when a run is handed over again while its message waits', async () => {
      const scene = await open()
      const one = scene.message()
      await scene.claim(one)
      for (let again = 0; again < 3; again++) await scene.dispatch(one, scene.message({ id: one.id }))
      const worker = await scene.worker()
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 2)
      expect(worker.began.filter((id) => id === one.id)).toEqual([one.id])
      expect(worker.dropped).toEqual([])
    })

    it('makes a new message where the first is gone; that of a run that was taken over is dropped', async () => {
      const scene = await open()
      const worker = await scene.worker()
      const [one] = await scene.claim(scene.message())
      if (one === undefined) throw new Error('One was claimed.')
      await scene.until(() => worker.began.length === 1)
      await scene.untilItWorks(async () => {
        await scene.dispatch(one)
        await scene.until(() => worker.dropped.length > 0, { withinMs: 2_000 })
      })
      expect(worker.began).toEqual([one.id])
      expect(new Set(worker.dropped)).toEqual(new Set([one.id]))
    })

    it('makes a new message where one was taken back', async () => {
      const scene = await open()
      const [one] = await scene.claim(scene.message())
      if (one === undefined) throw new Error('One was claimed.')
      await scene.cancel(one)
      await scene.claim(one)
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 1)
      expect(worker.began).toEqual([one.id])
    })

    it('shares the runs among workers, and none is taken over twice', async () => {
      const scene = await open()
      const workers = await Promise.all([scene.worker(), scene.worker(), scene.worker()])
      const messages = scene.messages(120)
      scene.ledger.queue(messages)
      for (let at = 0; at < 120; at += 20) {
        const some = messages.slice(at, at + 20)
        await Promise.all([scene.dispatch(...some), scene.dispatch(...some)])
      }
      await scene.until(() => scene.ledger.taken.length >= 120)
      expect([...scene.ledger.taken].sort()).toEqual(messages.map(({ id }) => id).sort())
      expect(workers.flatMap(({ began }) => began)).toHaveLength(120)
    })
  })
}
