import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, SECOND, type Stage, T0 } from '../harness/scene.ts'

export function recording<S>(stage: Stage<S>): void {
  describe('record', () => {
    it('moves a cursor forwards and never backwards', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.record({ job: 'poll', cursor: T0 + HOUR })
      await scene.record({ job: 'poll', cursor: T0 + MINUTE })
      expect((await scene.lock('poll')).jobs[0]?.cursor).toBe(T0 + HOUR)
    })

    it('leaves a cursor where it is when the change names none, beside one that moves its own', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      await scene.record(
        { job: 'poll', cursor: null, claims: [scene.newRun({ job: 'poll' })] },
        { job: 'sum', cursor: T0 + HOUR },
      )
      expect((await scene.lock('poll')).jobs[0]).toMatchObject({ cursor: T0, running: [{ scheduledFor: T0 }] })
      expect((await scene.lock('sum')).jobs[0]?.cursor).toBe(T0 + HOUR)
    })

    it('claims runs and answers each with its fence', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = scene.newRun({ job: 'poll', startedAt: T0 + 5, latenessMs: 5 })
      const [claimed, ...rest] = await scene.record({ job: 'poll', claims: [run] })
      expect(rest).toEqual([])
      expect(claimed).toEqual({ ...run, fence: expect.any(Number) })
      expect(await scene.run(run.id)).toEqual({
        ...run,
        kind: 'run',
        scheduler: scene.scheduler,
        state: 'running',
        fence: claimed?.fence,
        cancelRequested: false,
        settledAt: null,
        durationMs: null,
        items: { processed: 0, failed: 0, skipped: 0 },
        calls: [],
        progress: null,
        error: null,
      })
    })

    it('refuses a due time that was claimed before, without an error and without touching the others', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      const first = await scene.claim({ job: 'poll' })
      const again = await scene.record(
        {
          job: 'poll',
          claims: [scene.newRun({ job: 'poll' }), scene.newRun({ job: 'poll', scheduledFor: T0 + MINUTE })],
        },
        { job: 'sum', claims: [scene.newRun({ job: 'sum' })] },
      )
      expect(again.map(({ job, scheduledFor }) => [job, scheduledFor]).sort()).toEqual([
        ['poll', T0 + MINUTE],
        ['sum', T0],
      ])
      const otherId = await scene.record({ job: 'poll', claims: [scene.newRun({ job: 'poll', id: randomRunId() })] })
      expect(otherId).toEqual([])
      expect(await scene.run(first.id)).toMatchObject({ state: 'running', fence: first.fence })
    })

    it('refuses it also once the run is settled', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.settle(await scene.claim({ job: 'poll' }))
      expect(await scene.record({ job: 'poll', claims: [scene.newRun({ job: 'poll' })] })).toEqual([])
      expect(await scene.entries()).toMatchObject([{ state: 'succeeded' }])
    })

    it('claims one run of a due time that comes twice in one call', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const twice = [scene.newRun({ job: 'poll' }), scene.newRun({ job: 'poll' })]
      expect(await scene.record({ job: 'poll', claims: twice })).toHaveLength(1)
    })

    it('takes any number of manual runs, and reruns of a due time, but no id twice', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.settle(await scene.claim({ job: 'poll' }), { state: 'orphaned', durationMs: null })
      const rerun = scene.newRun({ job: 'poll', id: randomRunId(), trigger: 'rerun', attempt: 2 })
      const manual = [1, 2].map(() => scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor: null }))
      const claims = [rerun, ...manual]
      expect(await scene.record({ job: 'poll', claims })).toHaveLength(3)
      expect(await scene.record({ job: 'poll', claims })).toEqual([])
      expect(await scene.entries()).toHaveLength(4)
    })

    it('adds due times that never ran, counted by how many they are, and repeated they count once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const missed = {
        id: randomRunId(),
        job: 'poll',
        state: 'missed',
        reason: null,
        scheduledFor: T0,
        through: T0 + 9 * MINUTE,
        dueCount: 10,
        settledAt: T0 + HOUR,
      } as const
      const due = (minute: number) => ({ id: randomRunId(), scheduledFor: T0 + minute * MINUTE })
      const skipped = { ...missed, ...due(10), state: 'skipped', reason: 'overlap', dueCount: 1 } as const
      const excluded = { ...skipped, ...due(11), reason: 'excluded', dueCount: 2 } as const
      const suppressed = { ...missed, ...due(12), state: 'suppressed', dueCount: 3 } as const
      const unrun = [missed, skipped, excluded, suppressed]
      await scene.record({ job: 'poll', cursor: T0 + 10 * MINUTE, unrun })
      await scene.record({ job: 'poll', cursor: T0 + 10 * MINUTE, unrun })

      expect(await scene.entries({ id: missed.id })).toEqual([{ ...missed, kind: 'unrun', scheduler: scene.scheduler }])
      expect(await scene.entries()).toHaveLength(4)
      const { jobs } = await scene.measures(T0 + HOUR, { hour: HOUR })
      const counted = { missed: 10, skipped_overlap: 1, skipped_excluded: 2, suppressed: 3, succeeded: 0, attempts: 0 }
      expect(jobs[0]).toMatchObject({ lifetime: counted, windows: { hour: counted }, lastRunAt: null })
    })

    it('asks the owners of running runs to abort them', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      const done = await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE })
      await scene.settle(done)
      await scene.record({ job: 'poll', cancel: [run.id, done.id, randomRunId()] })
      expect(await scene.run(run.id)).toMatchObject({ state: 'running', cancelRequested: true })
      expect(await scene.run(done.id)).toMatchObject({ state: 'succeeded', cancelRequested: false })
    })

    it('leaves exactly one run however many claim the same due time at once', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      for (let due = 0; due < 5; due++) {
        const run = () => scene.newRun({ job: 'poll', scheduledFor: T0 + due * SECOND })
        const answers = await Promise.all(
          Array.from({ length: 16 }, () => scene.record({ job: 'poll', claims: [run()] })),
        )
        expect(answers.flat()).toHaveLength(1)
      }
      expect(await scene.entries()).toHaveLength(5)
    })
  })
}
