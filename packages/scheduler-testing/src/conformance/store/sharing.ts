import { describe, expect, it } from 'vitest'

import { newQueuedRun, takeOver } from '../harness/queued.ts'
import { HOUR, MINUTE, type Scene, Scene as SceneOf, SECOND, type Stage, T0 } from '../harness/scene.ts'

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

    it('gives each queued run to one of the processes that take the same ones over at once', async (context) => {
      const scene = await stage.open(context, { shared: true })
      const others = await Promise.all([openAnother(scene), openAnother(scene)])
      const all = [scene, ...others]
      try {
        await scene.register(['poll'])
        const claims = Array.from({ length: 200 }, (_, second) =>
          newQueuedRun(scene, { job: 'poll', scheduledFor: T0 + second * SECOND }),
        )
        await scene.record({ job: 'poll', claims })
        const ids = claims.map(({ id }) => id)
        const answers = await Promise.all(all.map((each) => takeOver(each, { ids })))
        const taken = answers.flatMap(({ runs }) => runs.map(({ id }) => id))
        // What one of them had locked, the others leave: nothing is taken twice.
        expect(new Set(taken).size).toBe(taken.length)
        const { runs } = await takeOver(scene, { ids })
        expect([...taken, ...runs.map(({ id }) => id)].sort()).toEqual([...ids].sort())
        const owners = answers.flatMap((answer) => answer.runs.map(({ id, owner }) => [id, owner] as const))
        for (const [id, owner] of owners.slice(0, 20))
          expect(await scene.run(id)).toMatchObject({ owner, state: 'running' })
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
