import type { LogQuery } from '@pm/scheduler-core'
import { randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Stage, T0 } from '../harness/scene.ts'

export function controlling<S>(stage: Stage<S>): void {
  describe('control', () => {
    it('is null before anything was registered', async () => {
      const scene = await stage.open()
      expect(await scene.control()).toBeNull()
      await scene.register([], { now: T0 + 5 })
      expect(await scene.control()).toEqual({
        version: 0,
        desired: 'running',
        at: T0 + 5,
        by: 'system',
        why: null,
        pausedUntil: null,
        pausedJobs: {},
        config: { jobs: {}, providers: {} },
        definitions: 0,
      })
    })

    it('grows by one version with every command, and remembers who, when and why', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const pause = { kind: 'pause', by: 'ada', why: 'maintenance', until: T0 + HOUR } as const
      const paused = await scene.command(pause, { now: T0 + 1 })
      expect(paused).toMatchObject({ version: 1, desired: 'paused', pausedUntil: T0 + HOUR, by: 'ada', at: T0 + 1 })
      expect(await scene.control()).toEqual(paused)

      const until = T0 + MINUTE
      const job = await scene.command({ kind: 'pause-job', job: 'poll', by: 'bob', why: null, until }, { now: T0 + 2 })
      expect(job.pausedJobs).toEqual({ poll: { by: 'bob', why: null, at: T0 + 2, until } })
      expect(job).toMatchObject({ version: 2, desired: 'paused' })
      expect(await scene.control()).toEqual(job)

      await scene.command({ kind: 'resume-job', job: 'poll', by: 'bob', why: null })
      const resumed = await scene.command({ kind: 'resume', by: 'ada', why: null }, { now: T0 + 3 })
      expect(resumed).toMatchObject({ version: 4, desired: 'running', pausedUntil: null, pausedJobs: {} })
      expect((await scene.lock('poll')).control).toEqual(resumed)
      expect((await scene.measures(T0)).control).toEqual(resumed)
    })

    it('keeps what was set at run time, and logs what each command changed', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const schedule = { kind: 'every', periodMs: MINUTE, anchorAt: 0 } as const
      const ada = { by: 'ada', why: 'quota' } as const
      const retry = { maxAttempts: 3, backoffMs: 5 }
      await scene.command({ kind: 'configure-job', job: 'poll', patch: { schedule, timeoutMs: 5, retry }, ...ada })
      await scene.command({
        kind: 'configure',
        patch: { concurrency: 4, providers: { yahoo: { enabled: false } } },
        ...ada,
      })
      const set = await scene.command({
        kind: 'configure-job',
        job: 'poll',
        patch: { timeoutMs: null, retry: { backoffMs: null } },
        ...ada,
      })
      expect(set.config).toEqual({
        concurrency: 4,
        jobs: { poll: { schedule, retry: { maxAttempts: 3 } } },
        providers: { yahoo: { enabled: false } },
      })
      expect(await scene.control()).toEqual(set)
      expect((await scene.lock('poll')).control).toEqual(set)

      const taken = { schedule: null, retry: null }
      await scene.command({ kind: 'configure-job', job: 'poll', patch: taken, ...ada })
      const back = { concurrency: null, providers: { yahoo: null } }
      const clear = await scene.command({ kind: 'configure', patch: back, ...ada })
      expect(clear.config).toEqual({ jobs: {}, providers: {} })
      expect((await log(scene)).map(({ kind, job, changes }) => ({ kind, job, changes })).reverse()).toEqual([
        {
          kind: 'configure-job',
          job: 'poll',
          changes: [
            { setting: 'retry.backoffMs', from: null, to: 5 },
            { setting: 'retry.maxAttempts', from: null, to: 3 },
            { setting: 'schedule', from: null, to: schedule },
            { setting: 'timeoutMs', from: null, to: 5 },
          ],
        },
        {
          kind: 'configure',
          job: null,
          changes: [
            { setting: 'concurrency', from: null, to: 4 },
            { setting: 'providers.yahoo.enabled', from: null, to: false },
          ],
        },
        {
          kind: 'configure-job',
          job: 'poll',
          changes: [
            { setting: 'retry.backoffMs', from: 5, to: null },
            { setting: 'timeoutMs', from: 5, to: null },
          ],
        },
        {
          kind: 'configure-job',
          job: 'poll',
          changes: [
            { setting: 'retry.maxAttempts', from: 3, to: null },
            { setting: 'schedule', from: schedule, to: null },
          ],
        },
        {
          kind: 'configure',
          job: null,
          changes: [
            { setting: 'concurrency', from: 4, to: null },
            { setting: 'providers.yahoo.enabled', from: false, to: null },
          ],
        },
      ])
    })

    it('gives each of many commands at once a version of its own', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const commands = Array.from(
        { length: 8 },
        (_, who) => ({ kind: 'stop', by: `caller ${who}`, why: null }) as const,
      )
      await Promise.all(commands.map((each) => scene.command(each)))
      expect((await scene.control())?.version).toBe(8)
      expect((await log(scene)).map(({ version }) => version)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    })

    it('logs every command in the same unit, latest first, in pages', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const runId = randomRunId()
      await scene.command({ kind: 'run-job', job: 'poll', runId, by: 'ada', why: 'now' }, { now: T0 + 1 })
      await scene.command({ kind: 'pause', by: 'bob', why: null, until: T0 + HOUR }, { now: T0 + 2 })
      await scene.command({ kind: 'cancel-run', job: 'poll', runId, by: 'ada', why: null }, { now: T0 + 3 })
      const entry = { id: expect.any(String), job: null, runId: null, until: null, why: null, changes: [] }
      expect(await log(scene)).toEqual([
        { ...entry, version: 3, at: T0 + 3, kind: 'cancel-run', by: 'ada', job: 'poll', runId },
        { ...entry, version: 2, at: T0 + 2, kind: 'pause', by: 'bob', until: T0 + HOUR },
        { ...entry, version: 1, at: T0 + 1, kind: 'run-job', by: 'ada', why: 'now', job: 'poll', runId },
      ])

      const { scheduler } = scene
      const first = await scene.unit((s) => scene.store.listLog(s, { scheduler, limit: 2 }))
      await scene.command({ kind: 'stop', by: 'eve', why: null }, { now: T0 + 4 })
      expect(first.items.map(({ version }) => version)).toEqual([3, 2])
      const cursor = first.nextCursor ?? ''
      const second = await scene.unit((s) => scene.store.listLog(s, { scheduler, limit: 2, cursor }))
      expect(second).toMatchObject({ items: [{ version: 1 }], nextCursor: null })
    })

    it('finds the commands about one job, and those about one run, in pages', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'sum'])
      const [runId, another] = [randomRunId(), randomRunId()]
      const ada = { by: 'ada', why: null } as const
      await scene.command({ kind: 'run-job', job: 'poll', runId, ...ada })
      await scene.command({ kind: 'pause', until: null, ...ada })
      await scene.command({ kind: 'pause-job', job: 'poll', until: null, ...ada })
      await scene.command({ kind: 'run-job', job: 'sum', runId: another, ...ada })
      await scene.command({ kind: 'cancel-run', job: 'poll', runId, ...ada })
      const elsewhere = scene.beside('elsewhere')
      await elsewhere.register(['poll'])
      await elsewhere.command({ kind: 'run-job', job: 'poll', runId: randomRunId(), ...ada })

      const kinds = async (query: Partial<LogQuery>) => (await log(scene, query)).map(({ kind }) => kind)
      expect(await kinds({ job: 'poll' })).toEqual(['cancel-run', 'pause-job', 'run-job'])
      expect(await kinds({ runId })).toEqual(['cancel-run', 'run-job'])
      expect(await kinds({ job: 'sum', runId })).toEqual([])
      // What concerns all jobs concerns these too.
      expect(await kinds({ jobs: ['sum'] })).toEqual(['run-job', 'pause'])
      expect(await kinds({ jobs: [] })).toEqual(['pause'])
      expect(await kinds({ jobs: ['sum'], job: 'poll' })).toEqual([])
      expect(await kinds({ job: 'nobody' })).toEqual([])
      expect(await kinds({ runId: randomRunId() })).toEqual([])
      const { scheduler, store } = scene
      const page = (cursor?: string) => {
        const query = { scheduler, job: 'poll', limit: 2, ...(cursor !== undefined && { cursor }) }
        return scene.unit((s) => store.listLog(s, query))
      }
      const first = await page()
      expect(first).toMatchObject({ items: [{ kind: 'cancel-run' }, { kind: 'pause-job' }] })
      expect(await page(first.nextCursor ?? '')).toMatchObject({ items: [{ kind: 'run-job' }], nextCursor: null })
    })

    async function log(scene: Awaited<ReturnType<Stage<S>['open']>>, query: Partial<LogQuery> = {}) {
      const { scheduler, store } = scene
      return (await scene.unit((s) => store.listLog(s, { scheduler, limit: 100, ...query }))).items
    }
  })
}
