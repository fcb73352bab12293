import { setImmediate } from 'node:timers/promises'
import type { Store } from '@pm/scheduler-core/store'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { onDemand } from './on-demand.ts'
import { HOUR, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

/** Jobs that come, change and go while a scheduler is open. */
export function changesItsJobs<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('begins without a job, and runs each from when it was added', async () => {
    const stage = await openStage(createHarness)
    const scheduler = stage.instance({ jobs: [] })
    await scheduler.open()
    await stage.pass(MINUTE + SECOND)
    expect((await stage.snapshot(scheduler)).scheduler).toMatchObject({ state: 'running', nextRunAt: null })
    await scheduler.addJob(minutely(() => {}))
    expect(scheduler.jobNames).toEqual(['poll'])
    expect((await stage.snapshot(scheduler)).scheduler.nextRunAt).toBe(T0 + 2 * MINUTE)
    await stage.pass(2 * MINUTE)
    expect(runs(await stage.ledger(scheduler)).map((run) => run.scheduledFor)).toEqual([
      T0 + 2 * MINUTE,
      T0 + 3 * MINUTE,
    ])
    const [audit] = await scheduler.audit({ from: T0, to: T0 + HOUR })
    expect(audit).toMatchObject({ expected: 2, started: 2, missed: 0 })
  })

  it('replaces a job for every instance: the old due times are accounted for, the new ones count from now', async () => {
    const stage = await openStage(createHarness)
    const beside = stage.instance({ jobs: [minutely<S>(() => {})] })
    const ran: string[] = []
    const scheduler = await stage.open(() => void ran.push('old'))
    await beside.open()
    await stage.pass(MINUTE)
    await scheduler.replaceJob(minutely(() => {}, { schedule: { kind: 'every', periodMs: 2 * MINUTE, anchorAt: 0 } }))
    await stage.pass(4 * MINUTE)
    const ledger = runs(await stage.ledger(scheduler))
    expect(ledger.map((run) => (Number(run.scheduledFor) - T0) / MINUTE)).toEqual([1, 2, 4])
    expect((await stage.snapshot(beside)).jobs).toMatchObject([{ name: 'poll', intervalMs: 2 * MINUTE }])
  })

  it('tells the due time of a replaced job that waited for a run and will not run', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => new Promise(() => {}), { overlapPolicy: 'buffer-one' })
    const told: object[] = []
    scheduler.on('due-times-not-run', ({ state, scheduledFor }) => void told.push({ state, scheduledFor }))
    await stage.pass(2 * MINUTE + SECOND)
    expect(told).toEqual([])
    await scheduler.replaceJob(minutely(() => {}, { schedule: { kind: 'every', periodMs: HOUR, anchorAt: 0 } }))
    expect(told).toEqual([{ state: 'skipped', scheduledFor: T0 + 2 * MINUTE }])
  })

  it('adds a job or does not: what the store has refused takes no effect and no place, and may be added again', async () => {
    const stage = await openStage(createHarness)
    let isRefusing = false
    const store: Store<S> = {
      ...stage.store,
      async record(session, input) {
        if (isRefusing) throw new Error('no space left on device')
        return stage.store.record(session, input)
      },
    }
    let count = 0
    const scheduler = await stage.open(() => {}, { with: { store, concurrency: 1 } })
    const late = onDemand<S>(() => void count++, { runOnFirstOpen: true })
    isRefusing = true
    await expect(scheduler.addJob(late)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(scheduler.jobNames).toEqual(['poll'])
    isRefusing = false
    await stage.pass(MINUTE + SECOND)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ scheduledFor: T0 + MINUTE, state: 'succeeded' }])
    await scheduler.addJob(late)
    await stage.pass(SECOND)
    expect(count).toBe(1)
  })

  it('lets a run under way end with the handler it began with when its job is replaced or removed', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise)
    await stage.pass(MINUTE)
    await scheduler.replaceJob(minutely(() => Promise.reject(new Error('the new one'))))
    expect(await scheduler.removeJob('poll')).toEqual({ retired: true })
    gate.resolve()
    await stage.pass(2 * MINUTE)
    expect(await stage.ledger(scheduler)).toMatchObject([{ scheduledFor: T0 + MINUTE, state: 'succeeded' }])
    expect(scheduler.jobNames).toEqual([])
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ succeeded: 1, failed: 0, missed: 0 })
  })

  it('retires a removed job only when no other instance has it, and takes it back without inventing a miss', async () => {
    const stage = await openStage(createHarness)
    const first = await stage.open(() => {})
    const second = await stage.open(() => {})
    expect(await first.removeJob('poll')).toEqual({ retired: false })
    await stage.pass(MINUTE)
    expect(await second.removeJob('poll')).toEqual({ retired: true })
    await stage.pass(10 * MINUTE)
    await first.addJob(minutely(() => {}))
    await stage.pass(MINUTE)
    const ledger = await stage.ledger(first)
    expect(ledger.map((entry) => [(Number(entry.scheduledFor) - T0) / MINUTE, entry.state])).toEqual([
      [1, 'succeeded'],
      [12, 'succeeded'],
    ])
  })

  it('leaves an open run to others when its job goes while this process looks for such runs', async () => {
    const stage = await openStage(createHarness)
    const twice = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const
    const before = await stage.open(() => new Promise(() => {}), twice)
    await stage.pass(MINUTE)
    await stage.end(before)
    const removals: Promise<object>[] = []
    const store: Store<S> = {
      ...stage.store,
      async lockReleased(session, input) {
        const released = await stage.store.lockReleased(session, input)
        if (released.runs.length > 0) removals.push(leaving.removeJob('poll'))
        // It goes here at once, and from the store when this unit of work has ended.
        await setImmediate()
        return released
      },
    }
    const leaving = stage.instance({ jobs: [minutely<S>(() => {}, twice)], store })
    await leaving.open()
    await stage.pass(10 * SECOND)
    await Promise.all(removals)
    expect(removals).toHaveLength(1)
    expect(runs(await stage.ledger(leaving))).toMatchObject([{ state: 'running', attempt: 1 }])
    const other = await stage.open(() => {}, twice)
    await stage.pass(10 * SECOND)
    expect(runs(await stage.ledger(other))).toMatchObject([{ state: 'succeeded', attempt: 2 }])
  })

  it('refuses a job that is there, one that is not, what is no job, and a process that runs none', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const other = minutely<S>(() => {}, { name: 'other' })
    await expect(scheduler.addJob(minutely(() => {}))).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { path: 'job.name', received: '"poll"' },
    })
    await expect(scheduler.replaceJob(other)).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
      details: { job: 'other' },
    })
    await expect(scheduler.removeJob('other')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(scheduler.addJob({ ...other, timeoutMs: 0 })).rejects.toMatchObject({
      details: { path: 'job.timeoutMs', received: '0' },
    })
    expect(scheduler.jobNames).toEqual(['poll'])
    const observer = await stage.observe()
    await expect(observer.addJob(other)).rejects.toMatchObject({ code: 'WORKER_NEEDED' })
    await scheduler.close()
    await expect(scheduler.addJob(other)).rejects.toMatchObject({ code: 'SCHEDULER_NOT_OPEN' })
  })
}
