import type { RunContext } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { ask, askStatuses } from './ask-statuses.ts'
import { MINUTE, minutely, openStage, runs, SECOND } from './stage.ts'

/** More calls of the longest duration than a sum of milliseconds can take: 2^22 of 2^31 make 2^53. */
const CALLS = 2 ** 22 + 5_000
const LONGEST = 2 ** 31 - 1

/** Which providers a handler may name, and how many; and what is left of a sum that it makes too great. */
export function namesProviders<S extends object>(createHarness: CreateStoreHarness<S>): void {
  function call(ctx: RunContext<S>, provider: unknown, durationMs = 150): string | null {
    try {
      ctx.recordCall({ provider: provider as string, outcome: 'succeeded', answered: true, durationMs })
      return null
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_OPTIONS', details: { path: 'recordCall.provider' } })
      return String((error as { readonly details: { readonly expected: string } }).details.expected)
    }
  }

  it('takes visible names of up to 100 characters, and no others', async () => {
    const good = ['yahoo_finance', 'Börse "X"', 'a', 'x'.repeat(100), 'constructor', '東京 1', "O'Hara; --"]
    const bad = ['', ' a', 'a ', 'a\nb', 'a\u0000', 'a\u202eb', 'a\u200bb', 'a\u2028b', 'x'.repeat(101), '__proto__']
    const none = [undefined, null, 5, {}, ['a'], Symbol('a')]
    const stage = await openStage(createHarness)
    let taken: readonly unknown[] = []
    const scheduler = await stage.open((ctx) => {
      taken = [...good, ...bad, '\ud800', ...none].filter((name) => call(ctx, name) === null)
    })
    await stage.pass(MINUTE)
    expect(taken).toEqual(good)
    const [run] = runs(await stage.ledger(scheduler))
    expect(run).toMatchObject({ state: 'succeeded' })
    expect(run?.calls.map(({ provider }) => provider).sort()).toEqual([...good].sort())
    await askStatuses(scheduler)
  })

  it('takes 50 different providers in a run and 100 in all runs of a job, each as often as one likes', async () => {
    const stage = await openStage(createHarness)
    const refusals: (string | null)[][] = []
    let run = 0
    const many = minutely<S>((ctx) => {
      const first = 40 * run++
      const names = Array.from({ length: 60 }, (_, at) => `provider ${first + at}`)
      refusals.push([...names, ...names].map((name) => call(ctx, name)))
    })
    const modest = minutely<S>((ctx) => void call(ctx, 'provider 500'), { name: 'modest' })
    const scheduler = stage.instance({ jobs: [many, modest] })
    await scheduler.open()
    await stage.pass(4 * MINUTE + SECOND)

    const taken = refusals.map((told) => told.filter((refusal) => refusal === null).length)
    expect(taken).toEqual([100, 100, 40, 0])
    expect(refusals[0]?.at(-1)).toBe('at most 50 different providers in one run')
    expect(refusals[3]?.at(-1)).toBe('at most 100 different providers in all runs of a job')
    const settled = runs(await stage.ledger(scheduler))
    expect(new Set(settled.map(({ state }) => state))).toEqual(new Set(['succeeded']))
    expect(new Set(settled.flatMap(({ calls }) => calls.map(({ provider }) => provider))).size).toBe(101)
    expect(await askStatuses(scheduler)).toMatchObject({ 'admin-v1': { total_runs: 8, success_rate: 100 } })
  })

  it('takes no new provider once the store has 1,000, but those that the host describes', async () => {
    const stage = await openStage(createHarness)
    const runsOf = new Map<number, number>()
    const jobs = Array.from({ length: 10 }, (_, of) =>
      minutely<S>(
        (ctx) => {
          const run = runsOf.get(of) ?? 0
          runsOf.set(of, run + 1)
          for (let at = 0; at < 50; at++) call(ctx, `${of} ${50 * (run % 2) + at}`)
        },
        { name: `job-${of}` },
      ),
    )
    const refusals: (string | null)[][] = []
    let isLate = false
    const name = (ctx: RunContext<S>) => ['new', '3 7', 'mine'].map((provider) => call(ctx, provider))
    const late = minutely<S>((ctx) => void (isLate && refusals.push(name(ctx))), { name: 'late' })
    const providers = { describe: () => [{ name: 'mine', enabled: true, apiKeyConfigured: null }] }
    const scheduler = stage.instance({ jobs: [...jobs, late], providers })
    await scheduler.open()
    await stage.pass(2 * MINUTE + SECOND)
    await stage.snapshot(scheduler)
    isLate = true
    await stage.pass(MINUTE)
    expect(refusals).toEqual([
      ['one that the host describes: the scheduler has calls of 1000 others already', null, null],
    ])
    expect(await askStatuses(scheduler)).toMatchObject({ 'admin-v1': { total_runs: 33, success_rate: 100 } })
  })

  // Seconds of pure counting, and many of them where other processes have the processors.
  it('counts millions of calls of one run: a sum that is too great is null, and says why; the others are exact', {
    timeout: 120_000,
  }, async () => {
    const stage = await openStage(createHarness)
    let run = 0
    const busy = (ctx: RunContext<S>) => {
      const [times, durationMs] = run++ === 0 ? [CALLS, LONGEST] : [1, 150]
      for (let time = 0; time < times; time++) {
        ctx.recordCall({ provider: 'yahoo_finance', outcome: 'succeeded', answered: true, durationMs })
      }
      ctx.recordCall({ provider: 'alpha_vantage', outcome: 'rate_limited', answered: true, durationMs: 20 })
    }
    const described = ['yahoo_finance', 'alpha_vantage'].map((name) => ({
      name,
      enabled: true,
      apiKeyConfigured: null,
    }))
    const scheduler = await stage.open(busy, { with: { providers: { describe: () => described } } })
    await stage.pass(2 * MINUTE)
    expect(runs(await stage.ledger(scheduler)).map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
    expect(await askStatuses(scheduler)).toMatchObject({
      'admin-v2': {
        no_longer_exact: ['avg_response_time_ms'],
        scheduler: { health: { status: 'pass', reasons: [] } },
        windows: { lifetime: { total_runs: 2, success_rate: 100 } },
      },
      'market-data-v1': { recent_activity: { avg_response_time_ms: null, success_rate: 100 } },
    })
    const lifetime = { calls: CALLS + 1, success_rate: 100, avg_response_time_ms: null, max_response_time_ms: LONGEST }
    expect(await ask(scheduler, 'market-data', { path: '/providers' })).toMatchObject({
      no_longer_exact: ['avg_response_time_ms'],
      items: [
        { name: 'yahoo_finance', windows: { lifetime } },
        { name: 'alpha_vantage', windows: { lifetime: { calls: 2, avg_response_time_ms: 20 } } },
      ],
    })
  })
}
