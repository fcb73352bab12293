import { describe, expect, it } from 'vitest'

import { MINUTE, type Stage, T0 } from '../harness/scene.ts'

export function lockingJobs<S>(stage: Stage<S>): void {
  describe('lockJobs', () => {
    it('says where each job stands, its running runs oldest first', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'idle'])
      const second = await scene.claim({ job: 'poll', startedAt: T0 + 2 * MINUTE, latenessMs: 2 * MINUTE })
      const first = await scene.claim({ job: 'poll', scheduledFor: T0 + MINUTE })
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + 2 * MINUTE }))
      await scene.record({ job: 'poll', cursor: T0 + 2 * MINUTE })

      const { jobs } = await scene.lock('poll', 'idle')

      const byName = new Map(jobs.map((job) => [job.job, job]))
      expect(byName.get('idle')).toEqual({ job: 'idle', cursor: T0 - 1, since: T0 - 1, wall: null, running: [] })
      expect(byName.get('poll')?.cursor).toBe(T0 + 2 * MINUTE)
      const unsaid = { state: 'running', earlierAttempts: 0, releasedAt: null, input: null }
      const whole = [first, second].map(({ job: _, ...run }) => ({ ...run, ...unsaid }))
      expect(byName.get('poll')?.running).toEqual(whole)
    })

    it('leaves out names that it does not know, and locks none for an empty list', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      expect((await scene.lock('nobody', 'poll')).jobs.map(({ job }) => job)).toEqual(['poll'])
      expect((await scene.lock()).jobs).toEqual([])
    })

    it('makes a second caller wait until the unit ends, and then shows it what was written', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      let secondIsIn = false
      let second: Promise<unknown> = Promise.resolve()

      await scene.unit(async (session) => {
        await scene.store.lockJobs(session, { scheduler: scene.scheduler, jobs: ['poll'] })
        second = scene.lock('poll').then((locked) => {
          secondIsIn = true
          expect(locked.jobs[0]?.cursor).toBe(T0 + MINUTE)
        })
        await scene.idle(session)
        expect(secondIsIn).toBe(false)
        await scene.recordIn(session, { job: 'poll', cursor: T0 + MINUTE })
      })

      await second
      expect(secondIsIn).toBe(true)
    })

    it('lets the next caller in when the unit fails, with nothing of it', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      let second: Promise<number | undefined> = Promise.resolve(0)
      const failed = scene.unit(async (session) => {
        await scene.store.lockJobs(session, { scheduler: scene.scheduler, jobs: ['poll'] })
        second = scene.lock('poll').then(({ jobs }) => jobs[0]?.cursor)
        await scene.recordIn(session, { job: 'poll', cursor: T0 + MINUTE })
        throw new Error('changed my mind')
      })
      await expect(failed).rejects.toThrow('changed my mind')
      expect(await second).toBe(T0 - 1)
    })

    it('keeps commands out until the unit ends', async (context) => {
      const scene = await stage.open(context, { concurrentUnits: 2 })
      await scene.register(['poll'])
      let paused = false
      let pausing: Promise<unknown> = Promise.resolve()

      await scene.unit(async (session) => {
        const { control } = await scene.store.lockJobs(session, { scheduler: scene.scheduler, jobs: ['poll'] })
        expect(control.desired).toBe('running')
        pausing = scene.command({ kind: 'pause', by: 'ops', why: null, until: null }).then(() => (paused = true))
        await scene.idle(session)
        expect(paused).toBe(false)
        const again = await scene.store.lockJobs(session, { scheduler: scene.scheduler, jobs: ['poll'] })
        expect(again.control).toEqual(control)
      })

      await pausing
      expect((await scene.lock('poll')).control).toMatchObject({ desired: 'paused', version: 1 })
    })

    it('does not deadlock callers that name the same jobs in other orders', async () => {
      const scene = await stage.open()
      const names = ['a', 'b', 'c', 'd']
      await scene.register(names)
      const orders = [names, [...names].reverse(), ['c', 'a', 'd', 'b'], ['b', 'd', 'a', 'c']]
      // Eight callers at once, five times each: more would wait for a connection, and not for a job.
      await Promise.all(
        [...orders, ...orders].map(async (jobs) => {
          for (let round = 0; round < 5; round++) {
            await scene.unit(async (session) => {
              const locked = await scene.store.lockJobs(session, { scheduler: scene.scheduler, jobs })
              const cursors = locked.jobs.map(({ job, cursor }) => ({ job, cursor: cursor + 1 }))
              await scene.recordIn(session, ...cursors)
            })
          }
        }),
      )
      const { jobs } = await scene.lock(...names)
      expect(jobs.map(({ cursor }) => cursor)).toEqual(names.map(() => T0 + 39))
    })
  })
}
