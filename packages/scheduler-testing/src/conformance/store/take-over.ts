import { randomInstanceId, randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { LEASE_MS, newQueuedRun, queue, takeOver, takeOverIn } from '../harness/queued.ts'
import {
  HOUR,
  leaseOf,
  MINUTE,
  type Scene,
  Scene as SceneOf,
  SECOND,
  type Stage,
  settlementOf,
  T0,
} from '../harness/scene.ts'

export function takingOver<S>(stage: Stage<S>): void {
  describe('takeOver', () => {
    it('begins a queued run: its owner, the next fence, its first attempt, its wait and its lateness', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll', queuedAt: T0 + SECOND, input: { isin: 'DE0007164600' } })
      const owner = randomInstanceId()
      const now = T0 + MINUTE
      const before = await scene.run(queued.id)
      const { runs, left } = await takeOver(scene, { ids: [queued.id], owner, now })
      expect(left).toEqual([])
      expect(runs).toEqual([
        {
          ...before,
          state: 'running',
          owner,
          attempt: 1,
          fence: queued.fence + 1,
          startedAt: now,
          leaseUntil: now + LEASE_MS,
          latenessMs: MINUTE,
          queueWaitMs: MINUTE - SECOND,
        },
      ])
      expect([await scene.run(queued.id)]).toEqual(runs)
    })

    it('takes a run over once, whoever asks and however often', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      const ids = [queued.id]
      const answers = await Promise.all([1, 2, 3].map(() => takeOver(scene, { ids, owner: randomInstanceId() })))
      const taken = answers.flatMap(({ runs }) => runs)
      expect(taken).toHaveLength(1)
      expect(await takeOver(scene, { ids })).toEqual({ runs: [], left: [] })
      expect(await scene.run(queued.id)).toEqual(taken[0])
      // Nor after it is settled.
      if (taken[0]) expect(await scene.settleAll([settlementOf(taken[0])])).toEqual(['settled'])
      expect(await takeOver(scene, { ids })).toEqual({ runs: [], left: [] })
    })

    it('answers in the order of the ids, each once, and says nothing of runs that are not queued', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const claims = Array.from({ length: 12 }, (_, second) =>
        newQueuedRun(scene, { job: 'poll', scheduledFor: T0 + second * SECOND }),
      )
      await scene.record({ job: 'poll', claims })
      const running = await scene.claim({ job: 'poll', scheduledFor: T0 + HOUR })
      const known = claims.map(({ id }) => id).reverse()
      const ids = [randomRunId(), ...known, running.id, ...known]
      const { runs, left } = await takeOver(scene, { ids })
      expect(left).toEqual([])
      expect(runs.map(({ id }) => id)).toEqual(known)
      expect(await scene.run(running.id)).toMatchObject({ owner: running.owner, fence: running.fence })
      expect(await takeOver(scene, { ids: [] })).toEqual({ runs: [], left: [] })
    })

    it('leaves the runs of jobs that it was not asked for, untouched', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'report'])
      const [own, other] = [await queue(scene, { job: 'poll' }), await queue(scene, { job: 'report' })]
      const before = await scene.run(other.id)
      const { runs, left } = await takeOver(scene, { ids: [other.id, own.id] })
      expect([runs.map(({ id }) => id), left]).toEqual([[own.id], [other.id]])
      expect(await scene.run(other.id)).toEqual(before)
      expect(await takeOver(scene, { ids: [other.id], jobs: [] })).toEqual({ runs: [], left: [other.id] })
    })

    it('knows the runs of its own scheduler only', async () => {
      const scene = await stage.open()
      const neighbour = scene.beside('neighbour')
      await scene.register(['poll'])
      await neighbour.register(['poll'])
      const queued = await queue(neighbour, { job: 'poll' })
      expect(await takeOver(scene, { ids: [queued.id] })).toEqual({ runs: [], left: [] })
      expect(await neighbour.run(queued.id)).toMatchObject({ state: 'queued' })
    })

    it('counts no lateness of a run without a due time of its own, and no negative wait', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const manual = await queue(scene, { job: 'poll', scheduledFor: null, id: randomRunId() })
      const backfill = await queue(scene, { job: 'poll', trigger: 'backfill', id: randomRunId() })
      // Of a worker whose clock is behind.
      const early = await queue(scene, { job: 'poll', scheduledFor: T0 + HOUR })
      const { runs } = await takeOver(scene, { ids: [manual.id, backfill.id, early.id] })
      expect(runs).toMatchObject([
        { latenessMs: null, queueWaitMs: MINUTE },
        { latenessMs: null, queueWaitMs: MINUTE },
        { latenessMs: 0, queueWaitMs: 0, startedAt: T0 + MINUTE },
      ])
    })

    it('refuses whoever had the run before, and lets the new owner renew and settle it', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      const worker = new SceneOf(scene.harness, scene.scheduler)
      const { runs } = await takeOver(worker, { ids: [queued.id] })
      const [taken] = runs
      if (!taken) throw new Error('Nothing was taken over.')
      expect(await scene.settle(queued, { state: 'cancelled', attempt: 0, durationMs: null })).toBe('fenced')
      expect(await renew(worker, leaseOf(queued))).toBe('lost')
      expect(await renew(worker, leaseOf(taken))).toBe('kept')
      expect(await worker.settleAll([settlementOf(taken, { settledAt: T0 + HOUR })])).toEqual(['settled'])
      const settled = { state: 'succeeded', queuedAt: T0, queueWaitMs: MINUTE, latenessMs: MINUTE, attempt: 1 }
      expect(await scene.run(queued.id)).toMatchObject(settled)
      expect((await scene.measures(T0 + HOUR, { hour: HOUR })).jobs).toMatchObject([
        {
          lifetime: { succeeded: 1, queue_waits: 1, queue_wait_ms: MINUTE, lateness_ms: MINUTE, due_started: 1 },
          windows: { hour: { distributions: { queue_wait_ms: { max: MINUTE } } } },
        },
      ])
    })

    it('tells whoever takes it over that somebody asked to cancel the run, and a sweep finds it when its lease ends', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      await scene.record({ job: 'poll', cancel: [queued.id] })
      const { runs } = await takeOver(scene, { ids: [queued.id] })
      expect(runs).toMatchObject([{ cancelRequested: true }])
      const sweep = { scheduler: scene.scheduler, jobs: ['poll'], now: T0 + HOUR, limit: 10 }
      expect(await scene.unit((s) => scene.store.lockExpired(s, sweep))).toEqual(runs)
    })

    it('is not concerned with a pause: that is decided in core, in the same unit', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const queued = await queue(scene, { job: 'poll' })
      await scene.command({ kind: 'stop', by: 'ops', why: null })
      expect((await takeOver(scene, { ids: [queued.id] })).runs).toHaveLength(1)
    })

    it('does not wait for a row that another transaction holds, and answers it as left', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2, shared: true })
      await scene.register(['poll'])
      const [held, free] = [
        await queue(scene, { job: 'poll' }),
        await queue(scene, { job: 'poll', scheduledFor: T0 + 1 }),
      ]
      const ids = [held.id, free.id]
      await scene
        .unit(async (session) => {
          expect((await takeOverIn(scene, session, { ids: [held.id] })).runs).toHaveLength(1)
          const { runs, left } = await takeOver(scene, { ids })
          expect([runs.map(({ id }) => id), left]).toEqual([[free.id], [held.id]])
          throw new Error('The worker dies.')
        })
        .catch(() => {})
      const { runs, left } = await takeOver(scene, { ids })
      expect([runs.map(({ id }) => id), left]).toEqual([[held.id], []])
    })

    it('gives each of many runs to one of several workers that were brought them all', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const claims = Array.from({ length: 60 }, (_, second) =>
        newQueuedRun(scene, { job: 'poll', scheduledFor: T0 + second * SECOND }),
      )
      await scene.record({ job: 'poll', claims })
      const ids = claims.map(({ id }) => id)
      const workers = [1, 2, 3].map(() => randomInstanceId())
      const taken: string[] = []
      for (let round = 0; round < 10 && taken.length < ids.length; round++) {
        const answers = await Promise.all(workers.map((owner) => takeOver(scene, { ids, owner })))
        taken.push(...answers.flatMap(({ runs }) => runs.map(({ id }) => id)))
      }
      expect([...taken].sort()).toEqual([...ids].sort())
      const { jobs } = await scene.measures(T0 + HOUR)
      expect(jobs).toMatchObject([{ queued: 0, running: 60 }])
    })
  })
}

async function renew<S>(scene: Scene<S>, lease: ReturnType<typeof leaseOf>) {
  const { scheduler, store, owner } = scene
  const input = { scheduler, owner, leases: [lease], leaseUntil: T0 + HOUR, now: T0 + MINUTE }
  const { leases } = await scene.unit((s) => store.renew(s, input))
  return leases[0]?.outcome
}
