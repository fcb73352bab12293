import { randomRunId, systemClock } from '@pm/scheduler-core'
import { describe, expect, it } from 'vitest'

import { MINUTE, type Stage, T0 } from '../scene.ts'

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
        { runId: kept.id, fence: kept.fence, attempt: 2 },
        { runId: stale.id, fence: stale.fence - 1, attempt: 2 },
        { runId: settled.id, fence: settled.fence, attempt: 2 },
        { runId: unknown, fence: 1, attempt: 1 },
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

      expect(new Map(answers.map(({ runId, kept: wasKept }) => [runId, wasKept]))).toEqual(
        new Map([
          [kept.id, true],
          [stale.id, false],
          [settled.id, false],
          [unknown, false],
        ]),
      )
      expect(await scene.run(kept.id)).toMatchObject({ attempt: 2, leaseUntil: T0 + 2 * MINUTE })
      expect(await scene.run(stale.id)).toMatchObject({ attempt: 1, leaseUntil: stale.leaseUntil })
      expect(await scene.run(settled.id)).toMatchObject({ attempt: 1, state: 'succeeded' })
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
            leases: [{ runId: run.id, fence: run.fence, attempt: 1 }],
            leaseUntil: T0 + MINUTE,
            now: T0,
          }),
        )
      expect(await renew()).toMatchObject({ leases: [{ runId: run.id, kept: true, cancelRequested: false }] })
      await scene.record({ job: 'poll', cancel: [run.id] })
      expect(await renew()).toMatchObject({ leases: [{ runId: run.id, kept: true, cancelRequested: true }] })
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
