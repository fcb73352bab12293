import { toAdminStatusV2, toMarketDataStatusV2 } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

/** Handlers that ignore their signal and go on although their run has ended. */
export function countsAbandonedHandlers<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('names a handler that outlives its run, in the numbers, the health and both views, until it returns', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    const scheduler = await stage.open(() => gate.promise, { timeoutMs: 10 * SECOND, overlapPolicy: 'allow' })
    await stage.pass(MINUTE)
    expect((await stage.snapshot(scheduler)).scheduler).toMatchObject({ abandonedHandlers: 0, reasons: [] })

    await stage.pass(15 * SECOND)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run).toMatchObject({ state: 'timed_out' })
    const reading = await scheduler.snapshot({ maxAgeMs: 0 })
    const health = { status: 'warn', reasons: ['HANDLERS_ABANDONED'] }
    const ended = new Date(T0 + MINUTE + 10 * SECOND).toISOString()
    expect(toAdminStatusV2(reading).scheduler).toMatchObject({
      abandoned_handlers: 1,
      health: {
        ...health,
        details: [`The handler of job "poll" goes on although its run ${run?.id} ended at ${ended}.`],
      },
    })
    expect(toMarketDataStatusV2(reading).scheduler).toMatchObject({ abandoned_handlers: 1, health })

    gate.resolve()
    await stage.pass(SECOND)
    expect((await stage.snapshot(scheduler)).scheduler).toMatchObject({ abandonedHandlers: 0, reasons: [] })
  })

  it('keeps the place of an abandoned handler until it returns', async () => {
    const stage = await openStage(createHarness)
    const gate = Promise.withResolvers<void>()
    let calls = 0
    const scheduler = await stage.open(() => (++calls === 1 ? gate.promise : undefined), {
      timeoutMs: 10 * SECOND,
      with: { concurrency: 1 },
    })
    await stage.pass(2 * MINUTE + 30 * SECOND)
    expect(calls).toBe(1)
    gate.resolve()
    await stage.pass(SECOND)
    expect(calls).toBe(2)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 timed_out', '2 succeeded'])
  })

  it('lets the place go where the host says so', async () => {
    const stage = await openStage(createHarness)
    let calls = 0
    const scheduler = await stage.open(() => (++calls === 1 ? new Promise(() => {}) : undefined), {
      timeoutMs: 10 * SECOND,
      with: { concurrency: 1, abandonedHandlers: 'let-go' },
    })
    await stage.pass(2 * MINUTE)
    expect(fates(await stage.ledger(scheduler))).toEqual(['1 timed_out', '2 succeeded'])
    expect((await stage.snapshot(scheduler)).scheduler).toMatchObject({ abandonedHandlers: 1 })
  })

  it('says of a handler that blocked the event loop beyond its timeout for how long it did', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(
      () => {
        stage.clock.stall(5 * SECOND)
        return new Promise(() => {})
      },
      { timeoutMs: 2 * SECOND, with: { concurrency: 1 } },
    )
    await stage.pass(MINUTE + SECOND)
    await stage.pass(SECOND)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run).toMatchObject({ state: 'timed_out', error: { code: 'RUN_TIMED_OUT' } })
    expect(run?.error?.message).toContain('The event loop was blocked for 3000 ms')
  })

  it.each([
    ['an attempt', { timeoutMs: 2 * SECOND, runTimeoutMs: null }, 'The run took longer than 2000 ms.'],
    [
      'the run',
      { timeoutMs: null, runTimeoutMs: 2 * SECOND },
      'The run with all its attempts took longer than 2000 ms.',
    ],
  ])(
    'times out a handler that returns after it blocked the event loop beyond the limit of %s',
    async (_, limits, told) => {
      const stage = await openStage(createHarness)
      const scheduler = await stage.open(() => stage.clock.stall(5 * SECOND), limits)
      await stage.pass(MINUTE + SECOND)
      await stage.pass(SECOND)
      const [run] = runs(await stage.ledger(scheduler))
      expect(run).toMatchObject({ state: 'timed_out', error: { code: 'RUN_TIMED_OUT' } })
      expect(run?.error?.message).toContain(`${told} The event loop was blocked for 3000 ms`)
    },
  )

  it('counts a handler whose run was cancelled, and none that heeds its signal', async () => {
    const stage = await openStage(createHarness)
    const scheduler = stage.instance({
      watchMs: SECOND,
      leaseMs: 3 * SECOND,
      jobs: [
        minutely<S>(() => new Promise(() => {}), { name: 'deaf' }),
        minutely<S>(
          ({ signal }) => new Promise((_, stop) => signal.addEventListener('abort', () => stop(signal.reason))),
          {
            name: 'listening',
          },
        ),
      ],
    })
    await scheduler.open()
    await stage.pass(MINUTE)
    for (const { id } of runs(await stage.ledger(scheduler))) await scheduler.cancelRun(id)
    await stage.pass(10 * SECOND)
    expect((await stage.snapshot(scheduler)).scheduler.abandoned).toMatchObject([{ job: 'deaf', attempt: 1 }])
  })
}
