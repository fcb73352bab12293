import { describe, expect, it } from 'vitest'

import { handOverAgain, newQueuedRun, queue, takeOver } from '../harness/queued.ts'
import { MINUTE, type Scene, SECOND, type Stage, T0 } from '../harness/scene.ts'

export function handingOverAgain<S>(stage: Stage<S>): void {
  describe('handOverAgain', () => {
    it('finds queued runs that no worker has had for too long, the oldest first, and no more than asked', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const ids = await queueMany(scene, 5)
      await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE })
      expect(await find(scene, { now: T0 + MINUTE - 1 })).toEqual([])
      expect(await find(scene, { now: T0 + MINUTE })).toEqual(ids.slice(0, 1))
      const later = T0 + MINUTE + 3 * SECOND
      expect(await find(scene, { now: later, limit: 2 })).toEqual(ids.slice(1, 3))
      expect(await find(scene, { now: later })).toEqual(ids.slice(3, 4))
      expect(await find(scene, { now: later })).toEqual([])
    })

    it('says when it comes again, and changes nothing else', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll', input: ['all', 'of', 'it'] })
      const before = await scene.run(queued.id)
      const [again] = await handOverAgain(scene, { now: T0 + MINUTE, leaseUntil: T0 + 3 * MINUTE })
      expect(again).toEqual({ ...before, leaseUntil: T0 + 3 * MINUTE })
      expect(await scene.run(queued.id)).toEqual(again)
      expect(await find(scene, { now: T0 + 3 * MINUTE - 1 })).toEqual([])
      expect(await find(scene, { now: T0 + 3 * MINUTE })).toEqual([queued.id])
    })

    it('leaves the runs of other jobs to those that have them, and what a worker has taken over', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'report'])
      const [taken, other] = [await queue(scene, { job: 'poll' }), await queue(scene, { job: 'report' })]
      await takeOver(scene, { ids: [taken.id] })
      const now = T0 + 60 * MINUTE
      expect(await find(scene, { now })).toEqual([])
      expect(await find(scene, { now, jobs: [] })).toEqual([])
      expect(await find(scene, { now, jobs: ['nobody', 'report'] })).toEqual([other.id])
    })

    it('gives each run to one of several schedulers that look at once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const ids = await queueMany(scene, 24)
      const now = T0 + 10 * MINUTE
      const found: string[] = []
      for (let round = 0; round < 10 && found.length < ids.length; round++) {
        const looks = await Promise.all([1, 2, 3].map(() => find(scene, { now, limit: 5 })))
        found.push(...looks.flat())
      }
      expect([...found].sort()).toEqual([...ids].sort())
    })
  })
}

async function queueMany<S>(scene: Scene<S>, count: number): Promise<readonly string[]> {
  const claims = Array.from({ length: count }, (_, second) =>
    newQueuedRun(scene, { job: 'poll', scheduledFor: T0 + second * SECOND }),
  )
  await scene.record({ job: 'poll', claims })
  return claims.map(({ id }) => id)
}

async function find<S>(scene: Scene<S>, input: Parameters<typeof handOverAgain>[1]): Promise<readonly string[]> {
  return (await handOverAgain(scene, input)).map(({ id }) => id)
}
