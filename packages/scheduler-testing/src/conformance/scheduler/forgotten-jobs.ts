import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { MINUTE, minutely, openStage, SECOND } from './stage.ts'

/** Retired jobs whose past is erased. */
export function forgetsJobs<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('erases the past of a retired job, and no lifetime count falls', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => ctx.report({ processed: 3 }))
    await scheduler.addJob(minutely(() => {}, { name: 'other' }))
    await stage.pass(2 * MINUTE + SECOND)
    await scheduler.pauseJob('poll', { by: 'ops', why: 'it goes' })
    await scheduler.configureJob('poll', { timeoutMs: 5_000 })
    await scheduler.removeJob('poll')
    const before = await stage.snapshot(scheduler)
    const retiredAt = stage.clock.now()

    expect(await scheduler.forgetJob('poll', { by: 'ada', why: 'the customer left' })).toMatchObject({ changed: true })
    const after = await stage.snapshot(scheduler)
    expect(after.totals.lifetime).toEqual(before.totals.lifetime)
    expect(after.totals.recent.succeeded).toBe(2)
    expect(after.jobs.map(({ name }) => name)).toEqual(['other'])
    expect(after.retired).toMatchObject([
      { name: '(forgotten)', retiredAt, tallies: { lifetime: { items_processed: 6 } } },
    ])
    expect((await scheduler.listRuns({ job: 'poll' })).items).toEqual([])
    expect((await scheduler.listRuns()).items.map(({ job }) => job)).toEqual(['other', 'other'])
    await scheduler.pauseJob('other')
    const control = await scheduler.control()
    expect(control).toMatchObject({ config: { jobs: {} } })
    expect(Object.keys(control.pausedJobs)).toEqual(['other'])
    const [, forgotten] = (await scheduler.listLog()).items
    expect(forgotten).toMatchObject({ kind: 'forget-job', job: 'poll', by: 'ada', why: 'the customer left' })
  })

  it('begins a job of the same name anew, adds a second one to the remainder, and survives a restart', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    for (let time = 0; time < 2; time++) {
      await stage.pass(MINUTE)
      await scheduler.removeJob('poll')
      await scheduler.forgetJob('poll', { why: 'again' })
      await scheduler.addJob(minutely(() => {}))
    }
    await stage.pass(MINUTE)
    const { jobs, retired, totals } = await stage.snapshot(scheduler)
    expect(jobs).toMatchObject([{ name: 'poll', tallies: { lifetime: { succeeded: 1 } } }])
    expect(retired).toMatchObject([{ name: '(forgotten)', tallies: { lifetime: { succeeded: 2 } } }])
    expect(totals.lifetime.succeeded).toBe(3)
    await stage.end(scheduler)
    const again = await stage.begin([minutely(() => {})])
    await stage.pass(2 * MINUTE)
    const later = await stage.snapshot(again)
    expect(later.retired).toMatchObject([{ name: '(forgotten)', tallies: { lifetime: { succeeded: 2 } } }])
  })

  it('refuses a job that is in effect, one that runs, one that is none, and no reason: nothing has changed then', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise)
    await stage.pass(MINUTE)
    await expect(scheduler.forgetJob('poll', { why: 'x' })).rejects.toMatchObject({
      code: 'JOB_IN_USE',
      status: 409,
      details: { job: 'poll' },
    })
    await scheduler.removeJob('poll')
    await expect(scheduler.forgetJob('poll', { why: 'x' })).rejects.toMatchObject({ code: 'JOB_ALREADY_RUNNING' })
    for (const name of ['pol', '(forgotten)', '__proto__', ''])
      await expect(scheduler.forgetJob(name, { why: 'x' })).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    for (const why of ['', undefined, 5] as unknown[])
      await expect(scheduler.forgetJob('poll', { why } as { why: string })).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        details: { path: 'why' },
      })
    expect((await scheduler.listLog()).items).toEqual([])
    gate.resolve()
    await stage.pass(SECOND)
    expect((await scheduler.listRuns({ job: 'poll' })).items).toHaveLength(1)
  })

  it('forgets once for a key, also from a process that only watches', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE)
    await scheduler.removeJob('poll')
    const observer = await stage.observe()
    const asked = { why: 'the customer left', idempotencyKey: 'k1' }
    expect(await observer.forgetJob('poll', asked)).toMatchObject({ replayed: false, changed: true })
    expect(await observer.forgetJob('poll', asked)).toMatchObject({ replayed: true, changed: true })
    await expect(observer.forgetJob('poll', { why: 'once more' })).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
  })
}
