import {
  createScheduler,
  type Scheduler,
  type SessionProvider,
  toAdminStatus,
  toMarketDataStatus,
} from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, HOUR, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

export function behavesThroughItsLife<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('touches nothing before it is opened', async () => {
    const stage = await openStage(createHarness)
    const untouched: SessionProvider<S> = {
      withSession: () => Promise.reject(new Error('a session was opened')),
    }
    const scheduler = createScheduler<S>({
      name: 's',
      jobs: [minutely(() => {})],
      sessions: untouched,
      store: stage.store,
    })
    expect(scheduler.state).toBe('stopped')
    await scheduler.close()
    await expect(scheduler.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(scheduler.state).toBe('stopped')
  })

  it('says null, not 0, of what it cannot know yet', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const snapshot = await stage.snapshot(scheduler)
    expect(toAdminStatus(snapshot)).toMatchObject({ lastRun: null, total_runs: 0, success_rate: null })
    expect(toMarketDataStatus(snapshot).recent_activity).toEqual({
      total_symbols_processed: 0,
      success_rate: null,
      avg_response_time_ms: null,
    })
  })

  it('goes on after a restart with the same totals and the same desired state', async () => {
    const stage = await openStage(createHarness)
    const before = await stage.open((ctx) => ctx.report({ processed: 2 }))
    await stage.pass(2 * MINUTE)
    await before.pause({ by: 'ops', why: 'over the weekend' })
    await before.close()
    const after = await stage.open((ctx) => ctx.report({ processed: 2 }))
    expect(after.state).toBe('paused')
    expect(toAdminStatus(await stage.snapshot(after))).toMatchObject({
      state: 'paused',
      total_runs: 2,
      symbols_processed: 4,
    })
    await after.resume()
    await stage.pass(MINUTE)
    expect(toAdminStatus(await stage.snapshot(after))).toMatchObject({ total_runs: 3, symbols_processed: 6 })
  })

  it('accounts for what was due while nobody was there', async () => {
    const stage = await openStage(createHarness)
    const before = await stage.open(() => {})
    await stage.pass(MINUTE)
    await before.close()
    await stage.clock.advance(10 * MINUTE + 30 * SECOND)
    const after = await stage.open(() => {})
    await stage.pass(0)
    expect(fates(await stage.ledger(after))).toEqual(['1 succeeded', '2-10 missed', '11 succeeded'])
    expect(runs(await stage.ledger(after))[1]?.latenessMs).toBe(30 * SECOND)
  })

  it('is O(1) in the due times that a jump of the clock passes over', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {}, { schedule: { kind: 'every', periodMs: SECOND, anchorAt: 0 } })
    stage.clock.jumpWall(10 * 365 * 24 * HOUR)
    await stage.pass(SECOND)
    const ledger = await stage.ledger(scheduler)
    expect(ledger.length).toBeLessThanOrEqual(4)
    expect((await stage.snapshot(scheduler)).totals.lifetime.missed).toBeGreaterThan(315_000_000)
  })

  it('drains on close: waits for the running run, and starts nothing more', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise)
    await stage.pass(MINUTE)
    const closing = scheduler.close({ graceMs: 5 * MINUTE })
    await stage.pass(2 * MINUTE)
    gate.resolve()
    await closing
    expect(scheduler.state).toBe('stopped')
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 succeeded'])
  })

  it('ends a run that ignores its signal as interrupted once the grace is over', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => new Promise(() => {}))
    await stage.pass(MINUTE)
    let closed = false
    const closing = scheduler.close({ graceMs: 2 * SECOND }).then(() => {
      closed = true
    })
    await stage.pass(2 * SECOND - 1)
    expect(closed).toBe(false)
    await stage.pass(501)
    expect(closed).toBe(true)
    await closing
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 interrupted'])
  })

  it('gives each due time to one of several instances', async () => {
    const stage = await openStage(createHarness)
    const ran: number[] = []
    const instances = Array.from({ length: 3 }, () =>
      stage.instance({ jobs: [minutely<S>((ctx) => void ran.push(ctx.scheduledFor ?? 0))] }),
    )
    for (const instance of instances) await instance.open()
    await stage.pass(5 * MINUTE)
    expect(ran).toEqual([1, 2, 3, 4, 5].map((minute) => T0 + minute * MINUTE))
    expect(new Set(instances.map((instance) => instance.state))).toEqual(new Set(['running']))
  })

  it('follows what another instance was told', async () => {
    const stage = await openStage(createHarness)
    const one = await stage.open(() => {})
    const other = await stage.open(() => {}, { with: { watchMs: SECOND } })
    await one.pause()
    await stage.pass(2 * SECOND)
    expect(other.state).toBe('paused')
  })

  it('finds the run of a process that died, marks it orphaned in time, and counts it as failed', async () => {
    const stage = await openStage(createHarness)
    await stage.standStill(minutely<S>(NEVER_ENDS))
    const survivor = stage.instance({ jobs: [minutely<S>(() => {})], leaseMs: 15 * SECOND, sweepMs: 5 * SECOND })
    await survivor.open()
    expect(fates(await stage.ledger(survivor))).toEqual(['1 running'])
    await stage.pass(21 * SECOND)

    expect(fates(await stage.ledger(survivor))).toEqual(['1 orphaned'])
    expect((await stage.snapshot(survivor)).jobs[0]).toMatchObject({ running: 0, consecutiveFailures: 1 })
    expect(toAdminStatus(await stage.snapshot(survivor))).toMatchObject({
      total_runs: 1,
      failed_runs: 1,
      success_rate: 0,
    })
  })

  it('runs an orphan again when its job asks for at least once', async () => {
    const stage = await openStage(createHarness)
    await stage.standStill(minutely<S>(NEVER_ENDS, AT_LEAST_ONCE))
    const attempts: number[] = []
    const survivor = stage.instance({ jobs: [minutely<S>((ctx) => void attempts.push(ctx.attempt), AT_LEAST_ONCE)] })
    await survivor.open()
    await stage.pass(21 * SECOND)
    expect(attempts).toEqual([2])
    expect(runs(await stage.ledger(survivor)).map(({ trigger, state }) => [trigger, state])).toEqual(
      expect.arrayContaining([
        ['schedule', 'orphaned'],
        ['rerun', 'succeeded'],
      ]),
    )
  })

  it.for([
    ['stop', (scheduler) => scheduler.stop()],
    ['pause', (scheduler) => scheduler.pause()],
    ['pause of the job', (scheduler) => scheduler.pauseJob('poll')],
  ] as const satisfies readonly [string, (scheduler: Scheduler) => Promise<unknown>][])(
    'marks orphans after a %s, and holds their reruns back',
    async ([, command]) => {
      const stage = await openStage(createHarness)
      await stage.standStill(minutely<S>(NEVER_ENDS, AT_LEAST_ONCE))
      const survivor = stage.instance({ jobs: [minutely<S>(() => expect.unreachable(), AT_LEAST_ONCE)] })
      await survivor.open()
      await command(survivor)
      await stage.pass(21 * SECOND)
      expect(runs(await stage.ledger(survivor)).map(({ trigger, state }) => [trigger, state])).toEqual([
        ['rerun', 'running'],
        ['schedule', 'orphaned'],
      ])
    },
  )

  it('loses its lease for good: what a stalled process settles late changes nothing', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    await stage.standStill(minutely<S>(() => gate.promise))
    const survivor = stage.instance({ jobs: [minutely<S>(() => {})] })
    await survivor.open()
    await stage.pass(30 * SECOND)
    gate.resolve()
    await stage.sessions.whenQuiet()
    expect(fates(await stage.ledger(survivor))).toEqual(['1 orphaned'])
    expect((await stage.snapshot(survivor)).totals.lifetime).toMatchObject({ succeeded: 0, orphaned: 1 })
  })
}

const NEVER_ENDS = () => new Promise<void>(() => {})
const AT_LEAST_ONCE = { onOrphan: 'rerun', retry: { maxAttempts: 2 } } as const
