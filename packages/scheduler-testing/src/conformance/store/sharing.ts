import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, Scene as SceneOf, type Stage, T0 } from '../harness/scene.ts'

export function sharing<S>(stage: Stage<S>): void {
  describe('a store that several processes share', () => {
    it('shows each what the others committed, and gives a due time to one of them', async (context) => {
      const scene = await stage.open(context, { shared: true })
      const others = await Promise.all([openAnother(scene), openAnother(scene)])
      const all = [scene, ...others]
      try {
        await Promise.all(all.map((each) => each.register(['poll'])))
        let claimed = 0
        for (let due = 0; due < 20; due++) {
          const tries = await Promise.all(
            all.map((each) =>
              each.unit(async (session) => {
                const { scheduler, store } = each
                const { jobs } = await store.lockJobs(session, { scheduler, jobs: ['poll'] })
                const scheduledFor = T0 + due * MINUTE
                if ((jobs[0]?.cursor ?? 0) >= scheduledFor) return []
                return each.recordIn(session, { job: 'poll', claims: [each.newRun({ job: 'poll', scheduledFor })] })
              }),
            ),
          )
          claimed += tries.flat().length
          const [run] = tries.flat()
          if (run) expect(await others[0]?.settle(run)).toBe('settled')
        }
        expect(claimed).toBe(20)
        const readings = await Promise.all(all.map((each) => each.measures(T0 + HOUR, { hour: HOUR })))
        expect(readings[0]?.jobs).toMatchObject([{ lifetime: { succeeded: 20 }, windows: { hour: { succeeded: 20 } } }])
        for (const reading of readings) expect(reading).toEqual(readings[0])
      } finally {
        await Promise.all(others.map((each) => each.harness.close()))
      }
    })
  })
}

async function openAnother<S>(scene: Scene<S>): Promise<Scene<S>> {
  const harness = await scene.harness.another?.()
  if (!harness) throw new Error('The harness opens no second store.')
  return new SceneOf(harness, scene.scheduler)
}
