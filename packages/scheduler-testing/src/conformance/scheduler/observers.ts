import { createScheduler, type JobOptions, type SchedulerOptions } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

/** Processes that only watch and command, and instances that are not open. */
export function observes<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('tells of its fleet: stopped without a worker, running beside one, with its jobs and their next runs', async () => {
    const stage = await openStage(createHarness)
    const observer = await stage.observe()
    expect(observer).toMatchObject({ state: 'stopped', isOpen: true, role: 'observer', jobNames: [] })
    expect((await stage.snapshot(observer)).scheduler).toMatchObject({ state: 'stopped', nextRunAt: null, reasons: [] })

    const worker = await stage.open(() => {})
    await stage.pass(2 * MINUTE + SECOND)
    expect(observer).toMatchObject({ state: 'running', jobNames: ['poll'] })
    const { scheduler, jobs, totals, instances } = await stage.snapshot(observer)
    expect(scheduler).toMatchObject({ state: 'running', nextRunAt: T0 + 3 * MINUTE, reasons: [] })
    expect(jobs).toMatchObject([{ name: 'poll', nextRunAt: T0 + 3 * MINUTE, intervalMs: MINUTE, conditions: [] }])
    expect(totals.lifetime.succeeded).toBe(2)
    expect(instances).toMatchObject([
      { isCurrent: false, isLive: true, role: 'scheduler' },
      { isCurrent: true, role: 'observer' },
    ])

    await worker.close()
    await stage.pass(SECOND)
    expect((await stage.snapshot(observer)).scheduler).toMatchObject({ state: 'stopped', nextRunAt: null })
    expect(observer.state).toBe('stopped')
  })

  it('answers every question of a job that only others have', async () => {
    const stage = await openStage(createHarness)
    await stage.open(() => {})
    await stage.pass(2 * MINUTE + SECOND)
    const observer = await stage.observe()
    const range = { from: T0, to: T0 + 4 * MINUTE }
    expect(await observer.audit(range)).toMatchObject([{ job: 'poll', expected: 2, started: 2, pending: 0 }])
    expect(await observer.explain('poll', T0 + MINUTE)).toMatchObject({ kind: 'recorded', at: T0 + MINUTE })
    expect(await observer.preview('poll', 1)).toMatchObject([{ dueAt: T0 + 3 * MINUTE }])
    expect(await observer.upcoming(1)).toMatchObject([{ job: 'poll', dueAt: T0 + 3 * MINUTE }])
    expect((await observer.dueTimes('poll', range)).items).toHaveLength(4)
    expect((await observer.listRuns()).items).toHaveLength(2)
    await expect(observer.explain('pol', T0)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  })

  it('commands the workers, and runs nothing and counts nowhere itself', async () => {
    const stage = await openStage(createHarness)
    const worker = await stage.open(() => {})
    const observer = await stage.observe()
    await stage.pass(MINUTE)
    expect(await observer.pause({ by: 'ops', why: 'from the office' })).toMatchObject({
      state: 'paused',
      changed: true,
    })
    expect(observer.state).toBe('paused')
    await stage.pass(MINUTE)
    expect(worker.state).toBe('paused')
    await observer.resume({ by: 'ops' })
    await observer.pauseJob('poll', { until: T0 + 3.5 * MINUTE })
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(observer))).toEqual(['1 succeeded', '2 suppressed', '3 suppressed', '4 succeeded'])
    await observer.configureJob('poll', { schedule: { kind: 'every', periodMs: 2 * MINUTE } })
    expect((await stage.snapshot(worker)).jobs[0]).toMatchObject({ intervalMs: 2 * MINUTE })
    await observer.stop({ by: 'ops' })
    await stage.pass(MINUTE)
    expect(worker.state).toBe('stopped')

    await worker.close()
    await stage.pass(10 * MINUTE)
    const { instances, counts, scheduler } = await stage.snapshot(observer)
    expect(instances.filter(({ isLive }) => isLive)).toMatchObject([{ role: 'observer' }])
    expect(counts.liveInstances).toBe(0)
    expect(scheduler.running).toBe(0)
  })

  it('holds no due time of a fleet that has gone: the next worker accounts for them', async () => {
    const stage = await openStage(createHarness)
    const worker = await stage.open(() => {})
    await stage.pass(MINUTE)
    await worker.close()
    const observer = await stage.observe()
    await stage.pass(3 * MINUTE)
    expect(fates(await stage.ledger(observer))).toEqual(['1 succeeded'])
    await observer.close()
    expect(observer).toMatchObject({ state: 'stopped', isOpen: false })
    await expect(observer.pause()).rejects.toMatchObject({ code: 'SCHEDULER_NOT_OPEN' })
  })

  it('says of an instance that is not open just that, and what its fleet does', async () => {
    const stage = await openStage(createHarness)
    const unopened = stage.instance({ jobs: [minutely<S>(() => {})] })
    const worker = await stage.open(() => {})
    await stage.pass(MINUTE + SECOND)
    expect((await stage.snapshot(unopened)).scheduler).toMatchObject({
      state: 'running',
      nextRunAt: T0 + 2 * MINUTE,
      reasons: ['SCHEDULER_NOT_OPEN'],
    })
    await worker.pause()
    expect((await stage.snapshot(unopened)).scheduler).toMatchObject({ state: 'paused', desired: 'paused' })
    await worker.resume()
    await worker.close()
    expect((await stage.snapshot(unopened)).scheduler).toMatchObject({ state: 'stopped', nextRunAt: null })
    expect(unopened).toMatchObject({ state: 'stopped', isOpen: false, role: 'scheduler' })
  })

  it('is refused with jobs of its own, and a worker without a list of them', async () => {
    const stage = await openStage(createHarness)
    const { sessions, store } = stage
    const make = (options: object) => () =>
      createScheduler<S>({ name: 's', sessions, store, ...options } satisfies object as unknown as SchedulerOptions<S>)
    const jobs: readonly JobOptions<S>[] = [minutely(() => {})]
    expect(make({ role: 'observer', jobs })).toThrow('Invalid scheduler.jobs')
    expect(make({})).toThrow('Invalid scheduler.jobs: got undefined')
    expect(make({ role: 'observe', jobs: [] })).toThrow('Did you mean "observer"?')
    expect(make({ role: 'observer', jobs: [] })().role).toBe('observer')
  })
}
