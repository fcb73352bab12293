import { describe, expect, it } from 'vitest'

import type { EngineStage } from './engine-stage.ts'

const PRIORITIES = [0, -1_000, 7, 1_000, -3, 500, 1]

export function ordering<S>({ open }: EngineStage<S>): void {
  describe('keeps queues, priorities and schedulers apart', () => {
    it('brings the higher priority first', async () => {
      const scene = await open()
      const messages = await scene.claim(...PRIORITIES.map((priority) => scene.message({ priority })))
      const worker = await scene.worker({ concurrency: 1 })
      await scene.until(() => worker.began.length === messages.length)
      const priorityOf = new Map(messages.map(({ id, priority }) => [id, priority]))
      expect(worker.began.map((id) => priorityOf.get(id))).toEqual([...PRIORITIES].sort((a, b) => b - a))
    })

    it('brings a worker the messages of its queues alone', async () => {
      const scene = await open()
      const queues = ['reports', 'polls', 'mails']
      await scene.engine.ensureQueues(queues)
      const [report, poll, mail] = await scene.claim(...queues.map((queue) => scene.message({ queue })))
      const two = await scene.worker({ queues: ['reports', 'mails'] })
      await scene.until(() => two.began.length === 2)
      expect(new Set(two.began)).toEqual(new Set([report?.id, mail?.id]))
      const other = await scene.worker({ queues: ['polls'] })
      await scene.until(() => other.began.length === 1)
      expect(other.began).toEqual([poll?.id])
      expect(two.began).toHaveLength(2)
    })

    it('lets no queue wait for another that is full', async () => {
      const scene = await open()
      await scene.engine.ensureQueues(['many', 'few'])
      await scene.claim(...scene.messages(200, { queue: 'many' }))
      const [rare] = await scene.claim(scene.message({ queue: 'few' }))
      const worker = await scene.worker({ queues: ['many', 'few'], concurrency: 4 })
      await scene.until(() => worker.began.some((id) => id === rare?.id))
      await scene.until(() => worker.began.length === 201)
    })

    it('shares nothing between two schedulers on one server', async () => {
      const scene = await open()
      const other = await scene.beside('conformance-2')
      const [mine] = await scene.claim(scene.message())
      const [theirs] = await other.claim(other.message())
      const [worker, stranger] = [await scene.worker(), await other.worker()]
      await scene.until(() => worker.began.length > 0 && stranger.began.length > 0)
      expect([worker.began, stranger.began]).toEqual([[mine?.id], [theirs?.id]])
      expect([worker.dropped, stranger.dropped]).toEqual([[], []])
    })

    it('gives a worker that came first what is handed over when its queue was made', async () => {
      const scene = await open()
      const worker = await scene.worker({ queues: ['late'] })
      await scene.engine.ensureQueues(['late', 'late'])
      await scene.claim(scene.message({ queue: 'late' }))
      await scene.until(() => worker.began.length === 1)
    })
  })
}
