import { type Scheduler, toAdminStatus } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

export function behavesUnderControl<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('pauses: what is due meanwhile is suppressed, and it goes on after resume', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE + SECOND)
    expect(await scheduler.pause({ by: 'ops', why: 'maintenance' })).toMatchObject({
      state: 'paused',
      changed: true,
      control: { desired: 'paused', by: 'ops', why: 'maintenance', at: T0 + MINUTE + SECOND },
    })
    expect(await stage.snapshot(scheduler)).toMatchObject({ scheduler: { state: 'paused', nextRunAt: null } })
    await stage.pass(3 * MINUTE)
    expect(await scheduler.resume()).toMatchObject({ state: 'running', changed: true })
    await stage.pass(MINUTE)

    const { totals, scheduler: reading } = await stage.snapshot(scheduler)
    expect(totals.lifetime).toMatchObject({ succeeded: 2, suppressed: 3, missed: 0 })
    expect(reading.nextRunAt).toBe(T0 + 6 * MINUTE)
  })

  it('shows what was commanded in the next snapshot, however fresh the last one is', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const seen = async () => (await scheduler.snapshot()).snapshot.scheduler.state
    expect(await seen()).toBe('running')
    await scheduler.pause()
    expect(await seen()).toBe('paused')
    await scheduler.resume()
    expect(await seen()).toBe('running')
    await scheduler.stop()
    expect(await seen()).toBe('stopped')
    await scheduler.pauseJob('poll', { by: 'ops' })
    expect((await scheduler.snapshot()).snapshot.jobs[0]?.paused).toMatchObject({ by: 'ops' })
  })

  it('shows what was commanded to those who are told that the state has changed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.snapshot()
    const told = new Promise<string>((resolve) => {
      scheduler.on('state-changed', () =>
        resolve(scheduler.snapshot().then(({ snapshot }) => snapshot.scheduler.state)),
      )
    })
    await scheduler.pause()
    expect(await told).toBe('paused')
  })

  it('ends a pause by itself', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause({ until: T0 + 2.5 * MINUTE })
    expect((await stage.snapshot(scheduler)).scheduler.nextRunAt).toBe(T0 + 3 * MINUTE)
    await stage.pass(3 * MINUTE)
    expect(scheduler.state).toBe('running')
    expect((await stage.snapshot(scheduler)).totals.lifetime).toMatchObject({ succeeded: 1, suppressed: 2 })
  })

  it('pauses one job and leaves the others alone', async () => {
    const stage = await openStage(createHarness)
    const jobs = [minutely<S>(() => {}), minutely<S>(() => {}, { name: 'report' })]
    const scheduler = stage.instance({ jobs })
    await scheduler.open()
    await scheduler.pauseJob('report', { by: 'ops' })
    await stage.pass(MINUTE)
    const [poll, report] = (await stage.snapshot(scheduler)).jobs
    expect(poll).toMatchObject({ paused: null, tallies: { lifetime: { succeeded: 1 } } })
    expect(report).toMatchObject({ paused: { by: 'ops' }, nextRunAt: null, tallies: { lifetime: { succeeded: 0 } } })
    await scheduler.resumeJob('report')
    await stage.pass(MINUTE)
    expect((await stage.snapshot(scheduler)).jobs[1]?.tallies.lifetime).toMatchObject({ succeeded: 1, suppressed: 1 })
  })

  it('stops: nothing runs until start, what was due is missed, and uptime begins anew', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await stage.pass(MINUTE + SECOND)
    expect(toAdminStatus(await stage.snapshot(scheduler)).uptimeSeconds).toBe(61)
    expect(await scheduler.stop()).toMatchObject({ state: 'stopped', changed: true })
    await stage.pass(2 * MINUTE)
    expect(toAdminStatus(await stage.snapshot(scheduler))).toMatchObject({
      state: 'stopped',
      nextRun: null,
      uptimeSeconds: 0,
    })
    expect(await scheduler.start()).toMatchObject({ state: 'running' })
    await stage.pass(MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded', '2-3 missed', '4 succeeded'])
    expect(toAdminStatus(await stage.snapshot(scheduler)).uptimeSeconds).toBe(60)
  })

  it('resumes what is paused and not what is stopped, and starts either', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.stop({ by: 'ada' })
    await expect(scheduler.resume({ by: 'ops' })).rejects.toMatchObject({
      code: 'SCHEDULER_NOT_RUNNING',
      status: 409,
      details: { state: 'stopped' },
    })
    expect(await scheduler.control()).toMatchObject({ desired: 'stopped', by: 'ada', version: 1 })
    expect(await scheduler.start()).toMatchObject({ state: 'running', changed: true })
    expect(await scheduler.resume()).toMatchObject({ state: 'running', changed: false })
    await scheduler.pause()
    expect(await scheduler.start()).toMatchObject({ state: 'running', changed: true })
    await scheduler.pause()
    expect(await scheduler.resume()).toMatchObject({ state: 'running', changed: true })
  })

  it('answers a command that changes nothing with what is, and writes no log entry', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause({ by: 'ops' })
    expect(await scheduler.pause({ by: 'somebody else' })).toMatchObject({
      state: 'paused',
      changed: false,
      control: { by: 'ops' },
    })
    const log = await scheduler.listLog()
    expect(log.items).toMatchObject([{ kind: 'pause', by: 'ops', version: 1 }])
  })

  it('refuses a command that is based on an older control state', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    await scheduler.pause({ expectedVersion: 0 })
    await expect(scheduler.resume({ expectedVersion: 0 })).rejects.toMatchObject({
      code: 'CONTROL_CONFLICT',
      details: { expected: 0, actual: 1 },
    })
    expect(scheduler.state).toBe('paused')
  })

  it('lets one of many commands through that are based on the same control state, and logs that one', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const stops = Array.from({ length: 8 }, (_, who) => scheduler.stop({ by: `caller ${who}`, expectedVersion: 0 }))
    const results = await Promise.allSettled(stops)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await scheduler.control()).version).toBe(1)
    expect((await scheduler.listLog()).items).toHaveLength(1)
  })

  it('runs a job on demand, also while paused, and refuses a second one beside it', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise)
    await scheduler.pause()
    const { runId } = await scheduler.runJob('poll', { by: 'ops', why: 'now please' })
    await expect(scheduler.runJob('poll')).rejects.toMatchObject({ code: 'JOB_ALREADY_RUNNING', details: { runId } })
    gate.resolve()
    await stage.pass(0)
    expect(await stage.ledger(scheduler)).toMatchObject([
      { id: runId, trigger: 'manual', scheduledFor: null, latenessMs: null, state: 'succeeded' },
    ])
    expect((await scheduler.listLog()).items[0]).toMatchObject({ kind: 'run-job', by: 'ops', why: 'now please', runId })
  })

  it('refuses what cannot be: an unknown job, a run while stopped, a command before open', async () => {
    const stage = await openStage(createHarness)
    const closed = stage.instance({ jobs: [minutely<S>(() => {})] })
    await expect(closed.pause()).rejects.toMatchObject({ code: 'SCHEDULER_NOT_OPEN' })
    const scheduler = await stage.open(() => {})
    await expect(scheduler.pause({ until: T0 })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' })
    await expect(scheduler.runJob('pol')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await scheduler.stop()
    await expect(scheduler.runJob('poll')).rejects.toMatchObject({ code: 'SCHEDULER_NOT_RUNNING' })
  })

  it('cancels a running run', async () => {
    const stage = await openStage(createHarness)
    let signal: AbortSignal | undefined
    const scheduler = await stage.open((ctx) => {
      signal = ctx.signal
      return new Promise(() => {})
    })
    await stage.pass(MINUTE)
    const [run] = await stage.ledger(scheduler)
    if (!run) throw new Error('nothing ran')
    await scheduler.cancelRun(run.id, { by: 'ops' })
    await stage.pass(0)
    expect(signal?.aborted).toBe(true)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 cancelled'])
    await expect(scheduler.cancelRun(run.id)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' })
  })

  it('takes commands one after the other: fifty at once end in one state, with one log entry each change', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const calls = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? scheduler.pause() : scheduler.resume()))
    const results = await Promise.all(calls)
    const changes = results.filter((result) => result.changed).length
    const last = await latestVersion(scheduler)
    expect(last).toBe(changes)
    expect(scheduler.state).toBe('running')
  })
}

async function latestVersion(scheduler: Scheduler): Promise<number> {
  const { items } = await scheduler.listLog({ limit: 1 })
  return items[0]?.version ?? 0
}
