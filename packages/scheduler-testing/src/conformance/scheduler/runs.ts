import type { RunContext } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createManualClock } from '../../manual-clock.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { fates, MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

export function behavesWhenRunning<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('runs every due time once, at its time and not before', async () => {
    const stage = await openStage(createHarness)
    const started: number[] = []
    const scheduler = await stage.open(() => void started.push(stage.clock.now()))

    await stage.pass(MINUTE - 1)
    expect(started).toEqual([])
    await stage.pass(3 * MINUTE)

    expect(started).toEqual([T0 + MINUTE, T0 + 2 * MINUTE, T0 + 3 * MINUTE])
    const ledger = await stage.ledger(scheduler)
    expect(fates(ledger)).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    expect(runs(ledger).map((run) => run.latenessMs)).toEqual([0, 0, 0])
  })

  it('never runs early, even on a host whose timers are', async () => {
    const stage = await openStage(createHarness)
    const clock = createManualClock({ startAt: T0, earlyMs: 5 })
    const started: number[] = []
    const scheduler = stage.instance({ jobs: [minutely<S>(() => void started.push(clock.now()))] }, clock)
    await scheduler.open()
    await stage.pass(MINUTE - 1, clock)
    expect(started).toEqual([])
    await stage.pass(1, clock)
    expect(started).toEqual([T0 + MINUTE])
  })

  it('counts what a handler reports, and a run in which some items failed as partial', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => {
      ctx.report({ processed: 3 })
      ctx.report({ processed: 1, failed: 1, skipped: 2 })
      ctx.recordCall({ provider: 'yahoo_finance', outcome: 'failed', answered: false, durationMs: 5_000 })
      ctx.recordCall({
        provider: 'alpha_vantage',
        outcome: 'succeeded',
        answered: true,
        durationMs: 150,
        fallback: true,
      })
    })
    await stage.pass(MINUTE)

    const { totals, callTotals } = await stage.snapshot(scheduler)
    expect(totals.lifetime).toMatchObject({
      succeeded: 1,
      partial: 1,
      items_processed: 4,
      items_failed: 1,
      items_skipped: 2,
    })
    expect(totals.recent).toEqual(totals.lifetime)
    expect(callTotals.recent).toMatchObject({
      calls: 2,
      answered: 1,
      answered_ms: 150,
      failed: 1,
      served_as_fallback: 1,
    })
  })

  it('shows how far a long run has come: at each renewal of its lease, and at its end', async () => {
    const stage = await openStage(createHarness)
    const events: unknown[] = []
    const end = Promise.withResolvers<void>()
    let progress: RunContext<S>['progress'] = () => {}
    const scheduler = await stage.open(
      async (ctx) => {
        progress = ctx.progress
        await end.promise
      },
      { with: { leaseMs: 15 * SECOND } },
    )
    scheduler.on('run-progress', ({ job, done, total }) => void events.push([job, done, total]))
    const shown = async () => runs(await stage.ledger(scheduler))[0]?.progress
    await stage.pass(MINUTE)
    expect(await shown()).toBeNull()

    progress(1, 8)
    progress(3, 8)
    await stage.pass(15 * SECOND)
    expect(await shown()).toEqual({ done: 3, total: 8, at: T0 + MINUTE })
    expect(events).toEqual([['poll', 3, 8]])

    progress(9, 8)
    await stage.pass(5 * SECOND)
    expect(await shown()).toMatchObject({ done: 8, total: 8 })
    progress(8, 8.5)
    end.resolve()
    await stage.pass(SECOND)
    expect(await shown()).toEqual({ done: 8, total: 8.5, at: T0 + MINUTE + 20 * SECOND })
    expect(events).toEqual([
      ['poll', 3, 8],
      ['poll', 8, 8],
    ])
    progress(1, 2)
    await stage.pass(10 * SECOND)
    expect(await shown()).toMatchObject({ done: 8, total: 8.5 })
  })

  it.each([
    ['done', Number.NaN, 8],
    ['done', -1, 8],
    ['done', Infinity, 8],
    ['total', 1, -8],
    ['total', 1, Number.NaN],
  ] as const)('refuses a progress whose %s is no amount: %d of %d', async (part, done, total) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => ctx.progress(done, total))
    await stage.pass(MINUTE)
    const message = expect.stringContaining(`progress.${part}`)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([
      { state: 'failed', progress: null, error: { code: 'INVALID_OPTIONS', message } },
    ])
  })

  it.each([
    [Number.NaN, true],
    [-1, true],
    [-0.4, true],
    [Infinity, true],
    [1e300, true],
    [Number.NaN, false],
  ])('refuses a call to a provider that took %d ms (answered: %s)', async (durationMs, answered) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => {
      ctx.recordCall({ provider: 'p', outcome: 'failed', answered, durationMs })
    })
    await stage.pass(MINUTE)
    const message = expect.stringContaining('recordCall.durationMs')
    expect(runs(await stage.ledger(scheduler))).toMatchObject([
      { state: 'failed', calls: [], error: { code: 'INVALID_OPTIONS', message } },
    ])
  })

  it('counts the duration of a call in whole milliseconds, a half as a whole one', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open((ctx) => {
      for (const durationMs of [0, -0, 0.49, 0.5, 12.5, 99.51]) {
        ctx.recordCall({ provider: 'p', outcome: 'succeeded', answered: true, durationMs })
      }
    })
    await stage.pass(MINUTE)
    const { lifetime } = (await stage.snapshot(scheduler)).callTotals
    expect(lifetime).toMatchObject({ answered: 6, answered_ms: 0 + 0 + 0 + 1 + 13 + 100 })
    expect(lifetime.distributions.answered_ms).toEqual({ max: 100, histogram: [0, 3, 1, 1, 13, 1, 100, 1] })
  })

  it('forgets the progress of an attempt that failed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(
      (ctx) => {
        if (ctx.attempt > 1) return new Promise(() => {})
        ctx.progress(5, 8)
        throw new Error('not yet')
      },
      { retry: { maxAttempts: 2, backoffMs: SECOND } },
    )
    await stage.pass(MINUTE + 30 * SECOND)
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'running', attempt: 2, progress: null }])
  })

  it('records why a run failed', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {
      throw Object.assign(new Error('no route'), { code: 'ENETUNREACH' })
    })
    await stage.pass(MINUTE)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run).toMatchObject({
      state: 'failed',
      attempt: 1,
      error: { code: 'ENETUNREACH', name: 'Error', message: 'no route' },
    })
  })

  it.each([
    ['null', null],
    ['a string', 'out of order'],
    ['undefined', undefined],
    ['a circular object', circular()],
    ['an error whose message throws', hostileError()],
    ['a proxy that was revoked', revokedProxy()],
    ['ten megabytes', new Error('x'.repeat(10_000_000))],
    ['text that is no text', new Error('\u0000 and \ud800')],
  ])('survives a handler that throws %s', async (_what, thrown) => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {
      throw thrown
    })
    await stage.pass(MINUTE)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run?.state).toBe('failed')
    expect(run?.error?.message.length).toBeLessThanOrEqual(1_000)
    expect(run?.error?.message.isWellFormed()).toBe(true)
  })

  it('keeps secrets out of what it stores', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(
      () => {
        throw new Error('GET https://x.test/q?apikey=canary-8f2 failed; postgres://app:hunter2@db/x; Y2FuYXJ5LThmMg==')
      },
      { with: { secrets: ['canary-8f2'] } },
    )
    await stage.pass(MINUTE)
    expect(JSON.stringify(await stage.ledger(scheduler))).not.toMatch(/canary-8f2|hunter2|Y2FuYXJ5LThmMg/)
  })

  it('tries a failed run again, and counts it once', async () => {
    const stage = await openStage(createHarness)
    const attempts: number[] = []
    const scheduler = await stage.open(
      (ctx) => {
        attempts.push(ctx.attempt)
        ctx.report({ processed: 1, failed: 3 - ctx.attempt })
        ctx.recordCall({ provider: 'p', outcome: 'failed', answered: false, durationMs: 1 })
        if (ctx.attempt < 3) throw new Error('not yet')
      },
      { retry: { maxAttempts: 3, backoffMs: SECOND } },
    )
    await stage.pass(MINUTE + 10 * SECOND)

    expect(attempts).toEqual([1, 2, 3])
    expect(runs(await stage.ledger(scheduler))).toMatchObject([{ state: 'succeeded', attempt: 3 }])
    const { totals, callTotals } = await stage.snapshot(scheduler)
    // What an attempt in vain processed is not counted; what it asked of a provider is.
    expect(totals.lifetime).toMatchObject({ succeeded: 1, failed: 0, attempts: 3, partial: 0, items_processed: 1 })
    expect(callTotals.lifetime.calls).toBe(3)
  })

  it('settles a run that takes too long as timed out, aborts its signal, and discards what comes later', async () => {
    const stage = await openStage(createHarness)
    const late = Promise.withResolvers<void>()
    let signal: AbortSignal | undefined
    const scheduler = await stage.open(
      (ctx) => {
        signal = ctx.signal
        return late.promise
      },
      { timeoutMs: 10 * SECOND },
    )
    await stage.pass(MINUTE + 10 * SECOND)
    expect(signal?.reason).toMatchObject({ code: 'RUN_TIMED_OUT' })
    late.resolve()
    await stage.pass(SECOND)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run).toMatchObject({ state: 'timed_out', durationMs: 10 * SECOND, error: { code: 'RUN_TIMED_OUT' } })
  })

  it('tells its process what happens, and minds no listener that throws', async () => {
    const stage = await openStage(createHarness)
    const events: unknown[] = []
    const scheduler = await stage.open(() => {})
    scheduler.on('run-started', () => {
      throw new Error('a bad listener')
    })
    scheduler.on('run-started', ({ job }) => void events.push(['started', job]))
    const off = scheduler.on('run-settled', ({ state }) => void events.push(['settled', state]))
    await stage.pass(MINUTE)
    off()
    await stage.pass(MINUTE)
    expect(events).toEqual([
      ['started', 'poll'],
      ['settled', 'succeeded'],
      ['started', 'poll'],
    ])
  })
}

function circular(): object {
  const self: Record<string, unknown> = {}
  self['self'] = self
  return self
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function hostileError(): object {
  return {
    get message(): string {
      throw new Error('no message for you')
    },
  }
}
