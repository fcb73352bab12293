import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Stage, T0 } from '../harness/scene.ts'

export function registering<S>(stage: Stage<S>): void {
  describe('register', () => {
    it('begins a new job at the cursor that is given', async () => {
      const scene = await stage.open()
      await scene.register(['poll'], { cursor: T0 - 1 })
      const { jobs, control } = await scene.lock('poll')
      expect(jobs).toEqual([{ job: 'poll', cursor: T0 - 1, running: [] }])
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
