import { distributionOf } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { handOverAgainIn, queue, takeOverIn } from '../harness/queued.ts'
import { HOUR, leaseOf, MINUTE, type Scene, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'

export function rollingBack<S>(stage: Stage<S>): void {
  describe('a unit that fails', () => {
    it('leaves nothing: rows, cursors, totals, windows, control and log are as before', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const running = await scene.claim({ job: 'poll' })
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE }))
      const [first, second] = [await queueAt(scene, 90), await queueAt(scene, 91)]
      const { scheduler, store } = scene
      const picture = async () => ({
        measures: await scene.measures(T0 + HOUR, { hour: HOUR, day: 24 * HOUR }),
        entries: await scene.entries(),
        log: await scene.unit((s) => store.listLog(s, { scheduler, limit: 10 })),
      })
      const before = await picture()

      const failed = scene.unit(async (session) => {
        const now = T0 + 2 * MINUTE
        await store.register(session, { scheduler, now, jobs: [{ job: 'late-comer', cursor: now }] })
        await store.lockJobs(session, { scheduler, jobs: ['poll'] })
        const claims = [scene.newRun({ job: 'poll', scheduledFor: now })]
        const [claimed] = await scene.recordIn(session, { job: 'poll', cursor: now, claims, cancel: [running.id] })
        const leases = [leaseOf(running, { attempt: 3, progress: { done: 1, total: 2, at: T0 } })]
        const load = { concurrency: 5, droppedMessages: 1, leftMessages: 2 }
        await store.renew(session, { scheduler, owner: scene.owner, leases, leaseUntil: now + HOUR, now, load })
        expect(await handOverAgainIn(scene, session, { now: T0 + HOUR })).toHaveLength(2)
        const { runs } = await takeOverIn(scene, session, { ids: [first.id], now })
        expect(await store.settle(session, { scheduler, settlements: runs.map((run) => settlementOf(run)) })).toEqual([
          'settled',
        ])
        const cancelled = settlementOf(second, { state: 'cancelled', attempt: 0, durationMs: null })
        expect(await store.settle(session, { scheduler, settlements: [cancelled] })).toEqual(['settled'])
        const calls = [{ provider: 'yahoo', tally: ONE_CALL }]
        const settlements = [running, ...(claimed ? [claimed] : [])].map((run) => settlementOf(run, { calls }))
        expect(await store.settle(session, { scheduler, settlements })).toEqual(['settled', 'settled'])
        await store.applyCommand(session, { scheduler, now, command: { kind: 'stop', by: 'ops', why: null } })
        const keep = { keepBucketsAfter: T0 + HOUR, keepReceiptsAfter: T0 + HOUR }
        await store.prune(session, { scheduler, now, before: T0 + HOUR, ...keep, limit: 100 })
        throw new Error('no')
      })

      await expect(failed).rejects.toThrow('no')
      expect(await picture()).toEqual(before)
      expect(await scene.settle(running)).toBe('settled')
      const taken = await scene.unit((s) => takeOverIn(scene, s, { ids: [first.id, second.id] }))
      expect(taken.runs.map(({ fence }) => fence)).toEqual([first.fence + 1, second.fence + 1])
    })

    it('rejects with what the work threw', async () => {
      const scene = await stage.open()
      const thrown = { not: 'an error' }
      await expect(scene.unit(() => Promise.reject(thrown))).rejects.toBe(thrown)
    })
  })
}

function queueAt<S>(scene: Scene<S>, second: number) {
  return queue(scene, { job: 'poll', scheduledFor: T0 + second * SECOND })
}

const ONE_CALL = {
  calls: 1,
  answered: 1,
  succeeded: 1,
  failed: 0,
  rate_limited: 0,
  served_as_fallback: 0,
  answered_ms: 150,
  distributions: { answered_ms: distributionOf(150) },
}
