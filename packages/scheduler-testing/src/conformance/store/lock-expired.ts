import { describe, expect, it } from 'vitest'

import { leaseOf, MINUTE, type Scene, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'

export function lockingExpired<S>(stage: Stage<S>): void {
  describe('lockExpired', () => {
    it('finds running runs whose lease has ended, oldest first, and no more than asked', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const runs = await claimRuns(scene, 5)
      const end = runs[3]?.leaseUntil ?? 0
      const find = (now: number, limit: number) =>
        scene.unit((s) => scene.store.lockExpired(s, { scheduler: scene.scheduler, jobs: ['poll'], now, limit }))
      const ids = runs.map(({ id }) => id)

      expect((await find(end, 10)).map(({ id }) => id)).toEqual(ids.slice(0, 3))
      expect((await find(end + 1, 10)).map(({ id }) => id)).toEqual(ids.slice(0, 4))
      expect((await find(end + 1, 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2))
      expect(await find(runs[0]?.leaseUntil ?? 0, 10)).toEqual([])
    })

    it('gives whole runs, and passes over settled and renewed ones', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const [settled, renewed, dead] = await claimRuns(scene, 3)
      if (!settled || !renewed || !dead) throw new Error('Three runs were claimed.')
      await scene.settle(settled)
      const leases = [leaseOf(renewed)]
      const { scheduler, owner } = scene
      const now = T0 + MINUTE
      await scene.unit((s) => scene.store.renew(s, { scheduler, owner, leases, leaseUntil: T0 + 9 * MINUTE, now }))
      const found = await scene.unit((s) =>
        scene.store.lockExpired(s, { scheduler, jobs: ['poll'], now: T0 + 2 * MINUTE, limit: 10 }),
      )
      expect(found).toEqual([await scene.run(dead.id)])
    })

    it('passes over runs that are open without an owner, however many there are', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'dead'])
      const left = await claimRuns(scene, 3)
      const dead = await scene.claim({ job: 'dead', startedAt: T0 + MINUTE, leaseUntil: T0 + 2 * MINUTE })
      const { scheduler, store } = scene
      const releases = left.map((run) => ({ ...leaseOf(run), calls: [], spentMs: 0 }))
      await scene.unit((s) => store.release(s, { scheduler, now: T0 + MINUTE, releases, waitMs: 0 }))
      const sweep = { scheduler, jobs: ['poll', 'dead'], now: T0 + 3 * MINUTE, limit: 1 }
      expect(await scene.unit((s) => store.lockExpired(s, sweep))).toEqual([await scene.run(dead.id)])
    })

    it('finds of other jobs only what somebody has cancelled', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'left'])
      const lease = { startedAt: T0, leaseUntil: T0 + MINUTE }
      const own = await scene.claim({ job: 'poll', ...lease })
      const cancelled = await scene.claim({ job: 'left', ...lease })
      await scene.claim({ job: 'left', scheduledFor: T0 + 1, ...lease })
      await scene.record({ job: 'left', cancel: [cancelled.id] })
      const { scheduler, store } = scene
      const sweep = { scheduler, jobs: ['poll'], now: T0 + 2 * MINUTE, limit: 10 }
      const found = await scene.unit((s) => store.lockExpired(s, sweep))
      expect(found.map(({ id }) => id).sort()).toEqual([own.id, cancelled.id].sort())
    })

    it('never gives one run to two sweeps', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const runs = await claimRuns(scene, 24)
      const now = T0 + 10 * MINUTE
      const sweep = () =>
        scene.unit(async (session) => {
          const found = await scene.store.lockExpired(session, {
            scheduler: scene.scheduler,
            jobs: ['poll'],
            now,
            limit: 5,
          })
          const settlements = found.map((run) => settlementOf(run, { state: 'orphaned', durationMs: null }))
          const results = await scene.store.settle(session, { scheduler: scene.scheduler, settlements })
          expect(results).toEqual(found.map(() => 'settled'))
          return found.map(({ id }) => id)
        })
      const rescued: string[] = []
      for (let round = 0; round < 10 && rescued.length < runs.length; round++) {
        rescued.push(...(await Promise.all([sweep(), sweep(), sweep()])).flat())
      }
      expect([...rescued].sort()).toEqual(runs.map(({ id }) => id as string).sort())
      expect((await scene.measures(now)).jobs[0]).toMatchObject({ running: 0, lifetime: { orphaned: 24 } })
    })
  })
}

/** Runs one second apart, each with a lease of 30 s. */
async function claimRuns<S>(scene: Scene<S>, count: number) {
  const claims = Array.from({ length: count }, (_, second) =>
    scene.newRun({ job: 'poll', scheduledFor: T0 + second * SECOND }),
  )
  const claimed = await scene.record({ job: 'poll', claims })
  return [...claimed].sort((a, b) => a.startedAt - b.startedAt)
}
