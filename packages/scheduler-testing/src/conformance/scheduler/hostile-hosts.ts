import { defineMetric, type FeedObservation, type ProviderDescription } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { ask, askStatuses } from './ask-statuses.ts'
import { MINUTE, minutely, openStage, T0 } from './stage.ts'

/** One absurd value of a host leaves one thing unknown, and everybody reads all else. */
export function outlivesAbsurdHosts<S extends object>(createHarness: CreateStoreHarness<S>): void {
  const fails = (): never => {
    throw new Error('the host is broken')
  }
  const yahoo: ProviderDescription = { name: 'yahoo_finance', enabled: true, apiKeyConfigured: null }

  it('leaves out the providers whose description is invalid, says so, and has the others', async () => {
    const stage = await openStage(createHarness)
    let described: () => unknown = () => [
      yahoo,
      { ...yahoo, name: 'quota', quotaRemaining: 'plenty', apiKeyConfigured: 'yes', enabled: 1 },
      { ...yahoo, name: 'x'.repeat(101) },
      { ...yahoo, name: '__proto__' },
      { ...yahoo, apiKeyConfigured: true },
      Object.defineProperty({ ...yahoo }, 'name', { get: fails }),
      null,
    ]
    const providers = { describe: () => described() as readonly ProviderDescription[] }
    const scheduler = await stage.open(() => {}, { with: { providers } })
    await stage.pass(MINUTE)
    const health = { status: 'warn', reasons: ['PROVIDERS_INVALID'] }
    const items = [
      { name: 'yahoo_finance', enabled: true, quota_remaining: null },
      { name: 'quota', enabled: false, api_key_configured: null, quota_remaining: null },
    ]
    const reads = async () => {
      await stage.snapshot(scheduler)
      return askStatuses(scheduler)
    }
    expect(await reads()).toMatchObject({ 'admin-v2': { scheduler: { health }, providers: { total: 2 } } })
    expect(await ask(scheduler, 'market-data', { path: '/providers' })).toMatchObject({ items })

    // As long as the host fails, the providers of before are shown.
    described = fails
    expect(await reads()).toMatchObject({ 'admin-v2': { scheduler: { health }, providers: { total: 2 } } })
    described = () => [yahoo]
    expect(await reads()).toMatchObject({
      'admin-v2': { scheduler: { health: { status: 'pass', reasons: [] } }, providers: { total: 1 } },
    })
  })

  it('has no more than 1,000 providers', async () => {
    const stage = await openStage(createHarness)
    const all = Array.from({ length: 1_500 }, (_, at) => ({ ...yahoo, name: `provider ${at}` }))
    const scheduler = await stage.open(() => {}, { with: { providers: { describe: () => all } } })
    expect((await stage.snapshot(scheduler)).providers).toHaveLength(1_000)
  })

  it('does not know a number that the pool, the process or a metric of the host does not tell', async () => {
    const hostile = new Proxy({}, { getPrototypeOf: fails, get: fails, has: fails })
    const stage = await openStage(createHarness)
    const told: readonly unknown[] = [hostile, 'many', Number.NaN, -1, Number.MAX_VALUE, 5n, {}]
    let at = 0
    const metric = (id: string, read: () => unknown) =>
      defineMetric({ id, title: id, help: id, unit: 'items', read: read as () => number })
    const scheduler = stage.instance({
      jobs: [minutely<S>(() => {})],
      sessions: {
        ...stage.sessions,
        pool: () =>
          (at === 0 ? fails() : { size: told[at], idle: told[at], waiting: told[at], most: told[at] }) as never,
      },
      processProbe: {
        start() {},
        stop() {},
        read: () => (at === 0 ? hostile : { cpuMs: told[at], rssBytes: told[at], cpuPct: told[at] }) as never,
      },
      metrics: [metric('absurd', () => told[at]), metric('sound', () => 7)],
    })
    await scheduler.open()
    for (at = 0; at < told.length; at++) {
      const { custom } = await stage.snapshot(scheduler)
      expect(custom['sound']).toMatchObject({ value: 7, error: null })
      await askStatuses(scheduler)
      // How many are answered at a time depends on the pool.
      expect((await scheduler.listRuns({}, { by: 'ada' })).items).toEqual([])
    }
  })

  it('does not know a feed with an impossible number, cuts a long name, and has the others as they are', async () => {
    const stage = await openStage(createHarness)
    const sound = { provider: 'yahoo_finance', feed: 'AAPL', eventAt: T0, fetchedAt: T0, changedAt: null }
    const feeds: readonly FeedObservation[] = [
      sound,
      { ...sound, feed: 'NAN', eventAt: Number.NaN },
      { ...sound, feed: 'FAR', fetchedAt: 1e300 },
      { ...sound, feed: 'TEXT', eventAt: '2025' as never },
      { ...sound, feed: 'SHARE', attainment: { expected: 1, inTime: 2 } },
      { ...sound, feed: 'L'.repeat(10_000) },
    ]
    const judge = () => ({ status: 'fresh', expectedBy: null }) as const
    const scheduler = await stage.open(() => {}, { with: { feeds: { read: async () => feeds, judge } } })
    const { feeds: reading } = await stage.snapshot(scheduler)
    expect(reading).toMatchObject({ error: null, counts: { total: 6, fresh: 2, unknown: 4 } })
    expect(reading.items?.map(({ feed, status }) => [feed.slice(0, 5), status])).toEqual([
      ['AAPL', 'fresh'],
      ['NAN', 'unknown'],
      ['FAR', 'unknown'],
      ['TEXT', 'unknown'],
      ['SHARE', 'unknown'],
      ['LLLLL', 'fresh'],
    ])
    expect(reading.items?.at(-1)?.feed).toHaveLength(200)
    await askStatuses(scheduler)
    await ask(scheduler, 'market-data', { path: '/freshness' })
  })
}
