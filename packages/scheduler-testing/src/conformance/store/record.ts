import { type NewUnrunRange, randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { DAY, HOUR, MINUTE, SECOND, type Stage, T0 } from '../harness/scene.ts'

export function recording<S>(stage: Stage<S>): void {
  describe('record', () => {
    it('moves a cursor forwards and never backwards', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.record({ job: 'poll', cursor: T0 + HOUR })
      await scene.record({ job: 'poll', cursor: T0 + MINUTE })
      expect((await scene.lock('poll')).jobs[0]?.cursor).toBe(T0 + HOUR)
    })

    it('moves a cursor back when the change says so, and takes no due time again that has run, until it is there again', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE }))
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + HOUR }))
      const after = scene.newRun({ job: 'poll', scheduledFor: T0 + HOUR + MINUTE })
      await scene.record({ job: 'poll', claims: [after] })
      await scene.record({ job: 'poll', cursor: T0, isReturn: true })
      expect((await scene.lock('poll')).jobs[0]).toMatchObject({ cursor: T0, since: T0 - 1 })
      for (const dueTime of [T0 + MINUTE, T0 + HOUR, T0 + HOUR + MINUTE]) {
        await scene.claim({ job: 'poll', scheduledFor: dueTime - SECOND })
        const again = scene.newRun({ job: 'poll', scheduledFor: dueTime })
        expect(await scene.record({ job: 'poll', claims: [again] })).toEqual([])
      }
      await scene.claim({ job: 'poll', scheduledFor: T0 + 2 * HOUR })
    })

    it('keeps with a cursor what it is in local time, until it moves without that', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const wallNow = async () => {
        const [ledger] = (await scene.lock('poll')).jobs
        const [measured] = (await scene.measures(T0 + DAY)).jobs
        expect(measured?.wall).toEqual(ledger?.wall)
        return ledger?.wall
      }
      expect(await wallNow()).toBeNull()
      const wall = { timezone: 'America/New_York', reached: T0 + 1 - 4 * HOUR }
      const run = scene.newRun({ job: 'poll', scheduledFor: T0 })
      await scene.record({ job: 'poll', claims: [run], cursor: T0 + 1, wall })
      expect(await wallNow()).toEqual(wall)
      // A cursor that stays keeps it.
      await scene.record({ job: 'poll', cursor: T0, wall: null })
      expect(await wallNow()).toEqual(wall)
      await scene.record({ job: 'poll', cursor: T0 + HOUR, wall: { ...wall, reached: T0 } })
      expect(await wallNow()).toEqual({ ...wall, reached: T0 })
      // Of two changes with the same cursor, the first moves it.
      const same = [1, 2].map((reached) => ({ job: 'poll', cursor: T0 + 2 * HOUR, wall: { ...wall, reached } }))
      await scene.record(...same)
      expect(await wallNow()).toEqual({ ...wall, reached: 1 })
      await scene.record({ job: 'poll', cursor: T0, isReturn: true })
      expect(await wallNow()).toBeNull()
    })

    it('records no range again once its cursor was moved back, nor one that begins with a due time that has run', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      await scene.settle(run)
      const missed = missedAt(T0 + MINUTE)
      await scene.record({ job: 'poll', unrun: [missed] })
      await scene.record({ job: 'poll', cursor: T0 - 1, isReturn: true })
      await scene.record({ job: 'poll', unrun: [{ ...missedAt(T0), id: run.id }] })
      await scene.record({ job: 'poll', unrun: [{ ...missed, settledAt: T0 + 2 * HOUR }] })
      expect(await scene.entries()).toMatchObject([{ state: 'missed', settledAt: T0 + HOUR }, { state: 'succeeded' }])
      expect((await scene.measures(T0 + 2 * HOUR)).jobs[0]).toMatchObject({ lifetime: { succeeded: 1, missed: 1 } })
    })

    it('leaves a cursor where it is when the change names none, beside one that moves its own', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      await scene.record(
        { job: 'poll', cursor: null, claims: [scene.newRun({ job: 'poll', scheduledFor: null })] },
        { job: 'sum', cursor: T0 + HOUR },
      )
      expect((await scene.lock('poll')).jobs[0]).toMatchObject({ cursor: T0 - 1, running: [{ trigger: 'manual' }] })
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
        ...FRESH,
        earlierAttempts: 0,
        cancelRequested: false,
        settledAt: null,
        durationMs: null,
        items: { processed: 0, failed: 0, skipped: 0 },
        calls: [],
        progress: null,
        error: null,
        input: null,
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

    it('refuses it also after the run was pruned, as it does due times that never ran', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const unrun = [missedAt(T0 + MINUTE)]
      const change = { job: 'poll', claims: [scene.newRun({ job: 'poll' })], unrun }
      for (const run of await scene.record(change)) await scene.settle(run)
      const { scheduler, store } = scene
      const before = T0 + 3 * DAY
      const keep = { keepBucketsAfter: before, keepReceiptsAfter: before }
      await scene.unit((s) => store.prune(s, { scheduler, now: before, before, ...keep, limit: 100 }))
      expect(await scene.entries()).toEqual([])
      expect(await scene.record(change)).toEqual([])
      expect(await scene.entries()).toEqual([])
      expect((await scene.measures(before)).jobs[0]).toMatchObject({ lifetime: { succeeded: 1, missed: 1 } })
    })

    it('refuses due times up to the cursor, whether they would run or not, and takes the next one', async () => {
      const scene = await stage.open()
      await scene.register(['poll'], { cursor: T0 + MINUTE })
      const late = [T0, T0 + MINUTE]
      const claims = late.map((scheduledFor) => scene.newRun({ job: 'poll', scheduledFor }))
      // A range is held against the cursor by its first due time.
      const unrun = [missedAt(T0 - MINUTE), { ...missedAt(T0 + MINUTE), through: T0 + 2 * MINUTE, dueCount: 2 }]
      expect(await scene.record({ job: 'poll', claims })).toEqual([])
      await scene.record({ job: 'poll', unrun })
      expect(await scene.entries()).toEqual([])
      expect((await scene.measures(T0 + HOUR)).jobs[0]).toMatchObject({ running: 0, lifetime: { missed: 0 } })

      const next = (await scene.lock('poll')).jobs[0]?.cursor ?? 0
      expect(await scene.claim({ job: 'poll', scheduledFor: next + 1 })).toMatchObject({ trigger: 'schedule' })
    })

    it('judges a change by the cursor from before the call, however far the change moves it', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      const claimed = await scene.record(
        { job: 'poll', cursor: T0 + HOUR, claims: [scene.newRun({ job: 'poll' })], unrun: [missedAt(T0 + MINUTE)] },
        { job: 'sum', cursor: T0, claims: [scene.newRun({ job: 'sum', scheduledFor: T0 - 1 })] },
      )
      expect(claimed.map(({ job }) => job)).toEqual(['poll'])
      expect(await scene.entries()).toHaveLength(2)
      expect((await scene.lock('poll', 'sum')).jobs.map(({ cursor }) => cursor).sort()).toEqual([T0, T0 + HOUR])
    })

    it('refuses a due time that is under way although no cursor covers it', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const claim = (id = randomRunId()) => ({ ...scene.newRun({ job: 'poll' }), id })
      expect(await scene.record({ job: 'poll', cursor: null, claims: [claim()] })).toHaveLength(1)
      expect(await scene.record({ job: 'poll', cursor: null, claims: [claim()] })).toEqual([])
      await scene.record({ job: 'poll', cursor: null, unrun: [missedAt(T0)] })
      expect(await scene.entries()).toMatchObject([{ state: 'running' }])
    })

    it('records a due time once that comes twice in one call', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      const twice = [scene.newRun({ job: 'poll' }), scene.newRun({ job: 'poll' })]
      expect(await scene.record({ job: 'poll', claims: twice })).toHaveLength(1)
      const again = [0, 1].map(() => scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor: T0 + MINUTE }))
      expect(await scene.record({ job: 'poll', claims: again })).toHaveLength(1)
      await scene.record({ job: 'sum', unrun: [0, 1].map(() => ({ ...missedAt(T0), job: 'sum' })) })
      expect(await scene.entries({ job: 'sum' })).toHaveLength(1)
      expect((await scene.measures(T0 + HOUR)).jobs.find(({ job }) => job === 'sum')).toMatchObject({
        lifetime: { missed: 1 },
      })
    })

    it('records a due time once that comes as a claim and as one that will not run, whichever is first', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const claims = [scene.newRun({ job: 'poll', id: randomRunId() })]
      expect(await scene.record({ job: 'poll', unrun: [missedAt(T0)], claims })).toEqual([])
      expect(await scene.entries()).toMatchObject([{ state: 'missed' }])
      const scheduledFor = T0 + MINUTE
      const next = [scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor })]
      expect(
        await scene.record({ job: 'poll', claims: next }, { job: 'poll', unrun: [missedAt(scheduledFor)] }),
      ).toHaveLength(1)
      expect(await scene.entries()).toMatchObject([{ state: 'running' }, { state: 'missed' }])
    })

    it('takes a backfill of a due time beside its own run, and refuses it again under way and settled', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await scene.settle(await scene.claim({ job: 'poll' }), { state: 'failed' })
      const claims = [scene.newRun({ job: 'poll', id: randomRunId(), trigger: 'backfill', latenessMs: null })]
      const [backfill, ...rest] = await scene.record({ job: 'poll', claims })
      expect(rest).toEqual([])
      expect(await scene.record({ job: 'poll', claims })).toEqual([])
      if (backfill) expect(await scene.settle(backfill)).toBe('settled')
      expect(await scene.record({ job: 'poll', claims })).toEqual([])
      expect((await scene.entries()).map(({ state }) => state).sort()).toEqual(['failed', 'succeeded'])
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
      const missed = { ...missedAt(T0), through: T0 + 9 * MINUTE, dueCount: 10 } as const
      const from = (first: number, dueCount: number) => {
        const last = first + dueCount - 1
        return { id: randomRunId(), scheduledFor: T0 + first * MINUTE, through: T0 + last * MINUTE, dueCount }
      }
      const skipped = { ...missed, ...from(10, 1), state: 'skipped', reason: 'overlap' } as const
      const excluded = { ...skipped, ...from(11, 2), reason: 'excluded' } as const
      const suppressed = { ...missed, ...from(13, 3), state: 'suppressed' } as const
      const unrun = [missed, skipped, excluded, suppressed]
      await scene.record({ job: 'poll', unrun })
      await scene.record({ job: 'poll', unrun })

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

function missedAt(due: number): NewUnrunRange {
  const range = { scheduledFor: due, through: due, dueCount: 1, settledAt: T0 + HOUR }
  return { id: randomRunId(), job: 'poll', state: 'missed', reason: null, ...range }
}

/** What a run has that was never queued, released or tried again. */
const FRESH = { queuedAt: null, queueWaitMs: null, nextAttemptAt: null, releasedAt: null, spentMs: 0 }
