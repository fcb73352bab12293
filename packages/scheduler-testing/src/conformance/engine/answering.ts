import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

/** What becomes of messages that a worker does not take. */
export function answering<S>({ open }: EngineStage<S>): void {
  describe('keeps what is left, and lets go what is dropped', () => {
    it('brings a message that was left to a worker that takes it', async () => {
      const scene = await open()
      const stranger = await scene.worker({ knows: () => false })
      const messages = await scene.claim(...scene.messages(8))
      await scene.until(() => stranger.left.length > 0)
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 8)
      expect([...worker.began].sort()).toEqual(messages.map(({ id }) => id).sort())
      expect(stranger.began).toEqual([])
    })

    it('brings it to the same worker again, when that can take it', async () => {
      const scene = await open()
      const worker = await scene.worker({ knows: () => false })
      const [message] = await scene.claim(scene.message())
      await scene.until(() => worker.left.length > 0)
      worker.knows = () => true
      await scene.until(() => worker.began.length === 1)
      expect(worker.began).toEqual([message?.id])
    })

    it('asks a worker about a message that it left some times a second at most', async () => {
      const scene = await open()
      const worker = await scene.worker({ knows: () => false })
      await scene.claim(scene.message())
      await scene.until(() => worker.left.length > 0)
      const before = worker.left.length
      await scene.pass(2_000)
      expect(worker.left.length - before).toBeLessThanOrEqual(10)
    })

    it('brings what stands behind messages that are left', async () => {
      const scene = await open()
      await scene.claim(...scene.messages(60, { job: 'unknown' }))
      const [known] = await scene.claim(scene.message({ job: 'known' }))
      const worker = await scene.worker({ concurrency: 2, knows: ({ job }) => job === 'known' })
      await scene.until(() => worker.began.length === 1)
      expect(worker.began).toEqual([known?.id])
    })

    it('drops what was cancelled after it was handed over, and does not bring it again', async () => {
      const scene = await open()
      const [one] = await scene.claim(scene.message())
      if (one === undefined) throw new Error('One was claimed.')
      scene.ledger.cancel([one])
      const worker = await scene.worker()
      await scene.until(() => worker.dropped.length === 1)
      await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1)
      await scene.pass(1_500)
      expect(worker.dropped).toEqual([one.id])
    })

    it('takes messages back that were not brought yet', async () => {
      const scene = await open()
      const [one, two, three] = await scene.claim(...scene.messages(3))
      if (one === undefined || three === undefined) throw new Error('Three were claimed.')
      await scene.cancel(one, three)
      await scene.cancel(one, scene.message())
      const worker = await scene.worker()
      await scene.until(() => worker.began.length === 1)
      await scene.pass(700)
      expect(worker.began).toEqual([two?.id])
      expect(worker.dropped).toEqual([])
    })

    it('hands a message that no scheduler dispatched to the worker, which drops it, and goes on', async (context) => {
      const scene = await open(context, 'putForeign')
      const { harness, scheduler } = scene
      const data = { job: { $ne: null }, id: 7, queue: '../default', scheduler: 'other', attempt: 1e308 }
      await harness.putForeign?.(scheduler, 'default', { id: randomRunId(), data })
      await harness.putForeign?.(scheduler, 'default', { id: randomRunId(), data: {} })
      const worker = await scene.worker()
      const [message] = await scene.claim(scene.message())
      await scene.until(() => worker.began.length === 1 && worker.dropped.length === 2)
      expect(worker.began).toEqual([message?.id])
    })
  })
}
