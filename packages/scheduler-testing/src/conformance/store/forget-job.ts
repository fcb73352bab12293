import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, type Stage, T0 } from '../harness/scene.ts'

export function forgetting<S>(stage: Stage<S>): void {
  describe('forgetJob', () => {
    it('erases the job, and adds what it counted to the remainder, which is retired from its beginning', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      await scene.settle(await scene.claim({ job: 'poll' }))
      await forget(scene, 'poll')
      const { jobs } = await scene.measures(T0 + HOUR)
      expect(jobs.map(({ job }) => job).sort()).toEqual(['(forgotten)', 'sum'])
      const remainder = { retiredAt: T0 + MINUTE, lastRunAt: null, lifetime: { succeeded: 1 } }
      expect(jobs.find(({ job }) => job === '(forgotten)')).toMatchObject(remainder)
      expect(await scene.entries()).toEqual([])
    })

    it('does nothing for a job that is none', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const before = await scene.measures(T0 + HOUR)
      await forget(scene, 'nobody')
      expect(await scene.measures(T0 + HOUR)).toEqual(before)
    })
  })
}

function forget<S>(scene: Scene<S>, job: string): Promise<void> {
  return scene.unit((s) => scene.store.forgetJob(s, { scheduler: scene.scheduler, job, now: T0 + MINUTE }))
}
