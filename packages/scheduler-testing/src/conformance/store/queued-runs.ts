import { randomRunId, SETTLED_RUN_STATES } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { newQueuedRun, queue, takeOver } from '../harness/queued.ts'
import { DAY, HOUR, leaseOf, MINUTE, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'

export function keepingQueuedRuns<S>(stage: Stage<S>): void {
  describe('a queued run', () => {
    it('is claimed with its queue, and nothing of it has begun', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = newQueuedRun(scene, { job: 'poll', queuedAt: T0 + 5 })
      const [claimed] = await scene.record({ job: 'poll', claims: [run] })
      expect(claimed).toEqual({ ...run, fence: expect.any(Number) })
      expect(await scene.run(run.id)).toMatchObject({
        ...run,
        state: 'queued',
        attempt: 0,
        fence: claimed?.fence,
        queuedAt: T0 + 5,
        queueWaitMs: null,
        latenessMs: null,
        settledAt: null,
      })
      // Its due time is accounted for.
      expect(await scene.record({ job: 'poll', cursor: null, claims: [{ ...run, id: randomRunId() }] })).toEqual([])
    })

    it('is under way: its job is locked with it, and no sweep, renewal, release or take-up finds it', async () => {
      const scene = await stage.open()
      const { scheduler, store, owner } = scene
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      const running = await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      await scene.record({ job: 'poll', cancel: [queued.id] })
      const before = await scene.run(queued.id)
      expect((await scene.lock('poll')).jobs).toMatchObject([
        {
          running: [
            { id: queued.id, state: 'queued', attempt: 0, latenessMs: null },
            { id: running.id, state: 'running' },
          ],
        },
      ])
      const now = T0 + HOUR
      const sweep = { scheduler, jobs: ['poll'], now, limit: 10 }
      expect((await scene.unit((s) => store.lockExpired(s, sweep))).map(({ id }) => id)).toEqual([running.id])
      const lease = leaseOf(queued)
      const renewal = { scheduler, owner, leases: [lease], leaseUntil: now, now }
      expect((await scene.unit((s) => store.renew(s, renewal))).leases).toMatchObject([{ outcome: 'lost' }])
      const releases = [{ ...lease, calls: [], spentMs: 0 }]
      const released = await scene.unit((s) => store.release(s, { scheduler, now, releases, waitMs: 0 }))
      expect(released).toEqual(['fenced'])
      const runs = [{ ...queued, owner, latenessMs: 0 }]
      expect(await scene.unit((s) => store.takeUp(s, { scheduler, runs }))).toEqual([])
      expect(await scene.run(queued.id)).toEqual(before)
    })

    it('is settled as cancelled by its fence before a worker has it, and in no other way', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      const outcome = { attempt: 0, durationMs: null, settledAt: T0 + SECOND }
      for (const state of SETTLED_RUN_STATES) {
        if (state === 'cancelled') continue
        expect(await scene.settle(queued, { ...outcome, state })).toBe('fenced')
        // Nobody has locked it: there is nothing to wait for.
        const settlements = [settlementOf(queued, { ...outcome, state })]
        const input = { scheduler: scene.scheduler, settlements, waitMs: 60_000 }
        expect(await scene.unit((s) => scene.store.settle(s, input))).toEqual(['fenced'])
      }
      const cancel = { ...outcome, state: 'cancelled' } as const
      expect(await scene.settle({ ...queued, fence: queued.fence + 1 }, cancel)).toBe('fenced')
      expect(await scene.settle(queued, cancel)).toBe('settled')
      expect(await scene.settle(queued, cancel)).toBe('already_settled')
      expect(await takeOver(scene, { ids: [queued.id] })).toEqual({ runs: [], left: [] })
      expect(await scene.run(queued.id)).toMatchObject({ ...cancel, queuedAt: T0, queueWaitMs: null, latenessMs: null })
      const nothing = { attempts: 0, queue_waits: 0, queue_wait_ms: 0, due_runs: 0, timed_runs: 0 }
      expect((await scene.measures(T0 + HOUR, { hour: HOUR })).jobs).toMatchObject([
        {
          lifetime: { cancelled: 1, due_started: 1, ...nothing },
          windows: { hour: { cancelled: 1, due_started: 1, ...nothing } },
          queued: 0,
          unmet: { from: T0, through: T0 },
          consecutiveFailures: 0,
        },
      ])
    })

    it('is measured apart from running ones, since the oldest waits; its due time is under way', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'idle'])
      const jobs = async () => {
        const measured = await scene.measures(T0 + HOUR)
        return Object.fromEntries(measured.jobs.map((job) => [job.job, job]))
      }
      const first = await queue(scene, { job: 'poll', queuedAt: T0 + 5 })
      await queue(scene, { job: 'poll', scheduledFor: T0 + MINUTE })
      expect(await jobs()).toMatchObject({
        idle: { running: 0, queued: 0, oldestQueuedAt: null, workers: 0 },
        poll: { running: 0, queued: 2, oldestQueuedAt: T0 + 5, latestStartAt: null, runningDueAt: T0 },
      })
      await takeOver(scene, { ids: [first.id], now: T0 + 7 })
      expect(await jobs()).toMatchObject({
        poll: { running: 1, queued: 1, oldestQueuedAt: T0 + MINUTE, latestStartAt: T0 + 7, runningDueAt: T0 },
      })
    })

    it('is listed by its state and by who claimed it, and stays when old entries go', async () => {
      const scene = await stage.open()
      const { scheduler, store } = scene
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      const running = await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      const ids = async (query: Parameters<typeof scene.entries>[0]) => (await scene.entries(query)).map(({ id }) => id)
      expect(await ids({ states: ['queued'] })).toEqual([queued.id])
      expect(await ids({ states: ['running'] })).toEqual([running.id])
      expect(await ids({ states: ['queued'], instance: scene.owner, job: 'poll' })).toEqual([queued.id])
      expect(await ids({ states: ['succeeded'] })).toEqual([])
      const before = T0 + 10 * DAY
      const keep = { keepBucketsAfter: before, keepReceiptsAfter: before, keepInputsAfter: before }
      await scene.unit((s) => store.prune(s, { scheduler, now: before, before, ...keep, limit: 100 }))
      expect(await ids({ states: ['queued'] })).toEqual([queued.id])
      await takeOver(scene, { ids: [queued.id] })
      expect(await ids({ states: ['queued'] })).toEqual([])
    })

    it('keeps what it was queued with through the settlement of a whole batch', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const plain = await scene.claim({ job: 'poll' })
      const queued = await queue(scene, { job: 'poll', scheduledFor: T0 + 1 })
      const { runs } = await takeOver(scene, { ids: [queued.id], now: T0 + 8 })
      for (const run of [plain, ...runs]) await scene.settle({ ...plain, ...run, input: null })
      expect(await scene.run(plain.id)).toMatchObject({ queuedAt: null, queueWaitMs: null })
      expect(await scene.run(queued.id)).toMatchObject({ queuedAt: T0 + 1, queueWaitMs: 7, latenessMs: 7 })
      expect((await scene.measures(T0 + HOUR)).jobs).toMatchObject([
        { lifetime: { succeeded: 2, queue_waits: 1, queue_wait_ms: 7 } },
      ])
    })
  })
}
