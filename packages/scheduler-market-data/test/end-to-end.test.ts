import {
  createMemoryBackend,
  createScheduler,
  type MemorySession,
  type Schedule,
  toAdminStatus,
  toMarketDataStatus,
} from '@pm/scheduler-core'
import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, expect, test } from 'vitest'

import {
  createAlphaVantageProvider,
  createPollJob,
  createYahooProvider,
  describeProviders,
  type Quote,
} from '../src/index.ts'
import { globalQuote } from './alpha-vantage-host.ts'
import { answers, type Behaviour, startMisbehavingServer } from './misbehaving-server.ts'
import { yahooEntry, yahooHost, yahooQuotes } from './yahoo-host.ts'

const EVERY_15_MINUTES: Schedule = { kind: 'every', periodMs: 900_000, anchorAt: 0 }

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A scheduler that polls both providers, whose servers have the given behaviours. */
async function schedulerAgainst(hosts: { yahoo: Behaviour; alphaVantage: Behaviour }, symbols: readonly string[]) {
  const clock = createManualClock()
  const server = await startMisbehavingServer((request, response) => {
    const behaviour = request.url?.startsWith('/query') ? hosts.alphaVantage : hosts.yahoo
    behaviour(request, response)
  })
  const { fetch } = server
  const providers = [
    createYahooProvider({ fetch, clock }),
    createAlphaVantageProvider({ fetch, clock, apiKey: 'CANARY', paceMs: 0 }),
  ]
  const saved: Quote[] = []
  const job = createPollJob<MemorySession>({
    schedule: EVERY_15_MINUTES,
    symbols: async () => symbols,
    providers,
    saveQuotes: async (_session, quotes) => {
      saved.push(...quotes)
    },
    clock,
  })
  const scheduler = createScheduler({
    name: 'market_data_scheduler',
    jobs: [job],
    providers: describeProviders(providers),
    clock,
    ...createMemoryBackend(),
  })
  cleanups.push(server.close, () => scheduler.close())
  await scheduler.open()

  return {
    hosts,
    saved,
    scheduler,
    /** Advances to the next due time and waits until its run has ended. */
    async nextPoll() {
      await clock.advance(900_000)
      await scheduler.whenIdle()
    },
    async statuses() {
      const { snapshot } = await scheduler.snapshot({ maxAgeMs: 0 })
      return { admin: toAdminStatus(snapshot), marketData: toMarketDataStatus(snapshot) }
    },
  }
}

test('both status views report a poll that succeeds, one that fails in part and one that fails whole', async () => {
  const sound = yahooHost(yahooQuotes(yahooEntry({ symbol: 'AAPL' }), yahooEntry({ symbol: 'MSFT' })))
  const subject = await schedulerAgainst({ yahoo: sound, alphaVantage: answers(500) }, ['AAPL', 'MSFT'])
  const { hosts, saved, scheduler, nextPoll, statuses } = subject

  await nextPoll()
  expect(saved.map(({ symbol, provider }) => [symbol, provider])).toEqual([
    ['AAPL', 'yahoo_finance'],
    ['MSFT', 'yahoo_finance'],
  ])

  hosts.yahoo = answers(500)
  hosts.alphaVantage = globalQuote()
  await nextPoll()
  expect(saved.slice(2).map(({ symbol, provider }) => [symbol, provider])).toEqual([['AAPL', 'alpha_vantage']])

  hosts.alphaVantage = answers(500)
  await nextPoll()
  expect(saved).toHaveLength(3)

  const { admin, marketData } = await statuses()
  expect(admin).toMatchObject({
    state: 'running',
    total_runs: 3,
    successful_runs: 2,
    failed_runs: 1,
    symbols_processed: 3,
    success_rate: 66.67,
  })
  expect(marketData).toMatchObject({
    recent_activity: { total_symbols_processed: 3, success_rate: 66.67 },
    provider_stats: {
      // The first poll sends two sign-in requests and one for quotes; each later poll sends one for quotes, and the
      // last is refused.
      yahoo_finance: { enabled: true, success_rate: 60 },
      // One answer was usable, and that of the last poll was not. That about another symbol is no failure; the symbol is
      // not asked for again.
      alpha_vantage: { enabled: true, success_rate: 50, api_key_configured: true },
    },
  })

  const { items } = await scheduler.listRuns()
  expect(
    items.map((entry) => (entry.kind === 'run' ? [entry.state, entry.items, entry.error?.code ?? null] : null)),
  ).toEqual([
    ['failed', { processed: 0, failed: 2, skipped: 0 }, 'ALL_ITEMS_FAILED'],
    ['succeeded', { processed: 1, failed: 1, skipped: 0 }, null],
    ['succeeded', { processed: 2, failed: 0, skipped: 0 }, null],
  ])
  expect(JSON.stringify({ admin, marketData, items })).not.toContain('CANARY')
})
