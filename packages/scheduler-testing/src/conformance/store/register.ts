import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Stage, T0 } from '../harness/scene.ts'

export function registering<S>(stage: Stage<S>): void {
  describe('register', () => {
    it('begins a new job at the cursor that is given', async () => {
      const scene = await stage.open()
      await scene.register(['poll'], { cursor: T0 - 1 })
      const { jobs, control } = await scene.lock('poll')
      expect(jobs).toEqual([{ job: 'poll', cursor: T0 - 1, since: T0 - 1, wall: null, running: [] }])
      expect(control).toMatchObject({ version: 0, desired: 'running', pausedUntil: null, pausedJobs: {} })
    })

    it('leaves everything as it is when it is repeated: cursors, totals, control and the beginning', async () => {
      const scene = await stage.open()
      await scene.register(['poll'], { cursor: T0 - MINUTE, now: T0 })
      await scene.settle(await scene.claim({ job: 'poll' }))
      await scene.record({ job: 'poll', cursor: T0 + HOUR })
      await scene.command({ kind: 'stop', by: 'ops', why: null })
      const before = await scene.measures(T0 + 2 * HOUR)

      for (const cursor of [T0 - HOUR, T0 + 5 * HOUR]) {
        await scene.register(['poll'], { cursor, now: T0 + 5 * HOUR })
      }

      expect(await scene.measures(T0 + 2 * HOUR)).toEqual(before)
      expect(before.since).toBe(T0)
      expect(before.jobs[0]).toMatchObject({ since: T0 - MINUTE, cursor: T0 + HOUR, lifetime: { succeeded: 1 } })
      expect(before.control.desired).toBe('stopped')
    })

    it('adds new jobs beside known ones, and forgets none that is not named any more', async () => {
      const scene = await stage.open()
      await scene.register(['old'])
      await scene.settle(await scene.claim({ job: 'old' }))
      await scene.register(['new'], { cursor: T0 + HOUR })
      const { jobs } = await scene.measures(T0 + HOUR)
      expect(jobs.map(({ job, cursor, lifetime }) => [job, cursor, lifetime.succeeded]).sort()).toEqual([
        ['new', T0 + HOUR, 0],
        ['old', T0, 1],
      ])
    })

    it('answers which jobs are new, each to one of several callers', async () => {
      const scene = await stage.open()
      const register = (...jobs: string[]) =>
        scene.unit((s) =>
          scene.store.register(s, {
            scheduler: scene.scheduler,
            now: T0,
            jobs: jobs.map((job) => ({ job, cursor: T0 })),
          }),
        )
      expect(await register('a')).toEqual(['a'])
      const answers = await Promise.all([register('a', 'b', 'c'), register('c', 'b'), register('b', 'a')])
      expect(answers.flat().sort()).toEqual(['b', 'c'])
      expect(await register('a', 'b', 'c')).toEqual([])
    })

    it('keeps a renamed job under its first name, with all its names and its name by the latest definition', async () => {
      const scene = await stage.open()
      const { scheduler } = scene
      const register = (job: string, ...formerly: string[]) =>
        scene.unit((s) => scene.store.register(s, { scheduler, now: T0, jobs: [{ job, cursor: T0, formerly }] }))
      const renamed = () => scene.unit((s) => scene.store.readRenamed(s, { scheduler }))
      await scene.register(['old', 'other'])
      expect(await renamed()).toEqual([])
      expect(await register('new', 'old', 'older')).toEqual([])
      expect(await register('newest', 'new')).toEqual([])
      expect(await register('old')).toEqual([])
      expect(await renamed()).toEqual([{ job: 'old', called: 'old', others: ['new', 'older', 'newest'] }])
      const begun = { job: 'old', key: 'k', digest: 'd', since: T0, definition: {}, called: 'newest' }
      await scene.unit(async (s) => {
        await scene.store.lockJobs(s, { scheduler, jobs: [], forCommand: true })
        await scene.store.define(s, { scheduler, now: T0, enters: null, leaves: [], ended: [], begun: [begun] })
      })
      expect(await renamed()).toMatchObject([{ job: 'old', called: 'newest' }])
      expect(await scene.beside('other').unit((s) => scene.store.readRenamed(s, { scheduler: 'other' }))).toEqual([])
    })

    it('makes one job of an old and a new name that register at once', async () => {
      const scene = await stage.open()
      const { scheduler } = scene
      const versions = [
        { job: 'old', cursor: T0 },
        { job: 'new', cursor: T0, formerly: ['old'] },
      ]
      const register = (number: number) =>
        scene.unit((s) =>
          scene.store.register(s, { scheduler, now: T0, jobs: versions.slice(number % 2, (number % 2) + 1) }),
        )
      const answers = await Promise.all(Array.from({ length: 8 }, (_, number) => register(number)))
      expect(answers.flat()).toHaveLength(1)
      expect((await scene.measures(T0)).jobs).toHaveLength(1)
    })

    it('keeps two schedulers in one store apart, jobs of the same name included', async () => {
      const scene = await stage.open()
      const other = scene.beside('other')
      await scene.register(['poll'])
      await other.register(['poll'], { cursor: T0 + HOUR })
      await scene.settle(await scene.claim({ job: 'poll', id: randomRunId() }))
      await scene.command({ kind: 'pause', by: 'ops', why: 'maintenance', until: null })

      expect((await other.measures(T0 + HOUR)).jobs).toMatchObject([{ cursor: T0 + HOUR, lifetime: { succeeded: 0 } }])
      expect(await other.control()).toMatchObject({ version: 0, desired: 'running' })
      expect(await other.entries()).toEqual([])
      expect(await other.claim({ job: 'poll', scheduledFor: T0 + 2 * HOUR })).toMatchObject({ job: 'poll' })
    })

    it('may come from many instances at once', async () => {
      const scene = await stage.open()
      await Promise.all(Array.from({ length: 8 }, () => scene.register(['a', 'b', 'c'])))
      expect((await scene.measures(T0)).jobs.map(({ job }) => job).sort()).toEqual(['a', 'b', 'c'])
    })
  })
}
