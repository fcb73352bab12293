import { systemClock } from '@pm/scheduler-core'
import { type RunProgress, randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { leaseOf, MINUTE, type Stage, T0 } from '../harness/scene.ts'

export function renewing<S>(stage: Stage<S>): void {
  describe('renew', () => {
    it('extends leases, stores the attempt, and answers for every lease', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const kept = await scene.claim({ job: 'poll' })
      const stale = await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      const settled = await scene.claim({ job: 'poll', scheduledFor: T0 + 2 })
      await scene.settle(settled)
      const unknown = randomRunId()
      const leases = [
        leaseOf(kept, { attempt: 2, progress: HALFWAY }),
        leaseOf(stale, { fence: stale.fence - 1, attempt: 2, progress: HALFWAY }),
        leaseOf(settled, { attempt: 2, progress: HALFWAY }),
        leaseOf({ id: unknown, fence: 1 }),
      ]

      const { leases: answers } = await scene.unit((s) => {
        const now = T0 + MINUTE
        return scene.store.renew(s, {
          scheduler: scene.scheduler,
          owner: scene.owner,
          leases,
          leaseUntil: now + MINUTE,
          now,
        })
      })

      expect(new Map(answers.map(({ runId, outcome }) => [runId, outcome]))).toEqual(
        new Map([
          [kept.id, 'kept'],
          [stale.id, 'lost'],
          [settled.id, 'lost'],
          [unknown, 'lost'],
        ]),
      )
      expect(await scene.run(kept.id)).toMatchObject({ attempt: 2, leaseUntil: T0 + 2 * MINUTE, progress: HALFWAY })
      expect(await scene.run(stale.id)).toMatchObject({ attempt: 1, leaseUntil: stale.leaseUntil, progress: null })
      expect(await scene.run(settled.id)).toMatchObject({ attempt: 1, state: 'succeeded', progress: null })
    })

    it('tells the owner that somebody asked for the run to be cancelled', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const renew = () =>
        scene.unit((s) =>
          scene.store.renew(s, {
            scheduler: scene.scheduler,
            owner: scene.owner,
            leases: [leaseOf(run)],
            leaseUntil: T0 + MINUTE,
            now: T0,
          }),
        )
      expect(await renew()).toMatchObject({ leases: [{ runId: run.id, outcome: 'kept', cancelRequested: false }] })
      await scene.record({ job: 'poll', cancel: [run.id] })
      expect(await renew()).toMatchObject({ leases: [{ runId: run.id, outcome: 'kept', cancelRequested: true }] })
    })

    it('stores the progress of each run as it stands, exactly, and takes it back when there is none any more', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const { scheduler, owner } = scene
      const values: (RunProgress | null)[] = [
        HALFWAY,
        { done: 0, total: 0, at: T0 },
        { done: 0.1 + 0.2, total: 1e21, at: T0 + 1 },
        { done: Number.MAX_SAFE_INTEGER, total: Number.MAX_VALUE, at: T0 + 2 },
        null,
        { done: 3, total: 4, at: T0 + 3 },
      ]
      for (const progress of values) {
        const leases = [leaseOf(run, { progress })]
        await scene.unit((s) => scene.store.renew(s, { scheduler, owner, leases, leaseUntil: T0 + MINUTE, now: T0 }))
        expect(await scene.run(run.id)).toMatchObject({ state: 'running', progress })
      }
    })

    it('is fine without a lease to renew', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const input = { scheduler: scene.scheduler, owner: scene.owner, leases: [], leaseUntil: T0, now: T0 }
      expect(await scene.unit((s) => scene.store.renew(s, input))).toMatchObject({ leases: [] })
    })

    it('tells the time of its own clock, if it has one', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const input = { scheduler: scene.scheduler, owner: scene.owner, leases: [], leaseUntil: T0, now: T0 }
      const before = systemClock.now()
      const { storeTime } = await scene.unit((s) => scene.store.renew(s, input))
      // The suites run on one machine with the store: its clock is ours.
      if (storeTime !== null) expect(Math.abs(storeTime - before)).toBeLessThan(60_000)
    })
  })
}

const HALFWAY: RunProgress = { done: 4, total: 8, at: T0 + 5 }
