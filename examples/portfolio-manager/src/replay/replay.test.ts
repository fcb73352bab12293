import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { createAlphaVantageProvider, createYahooProvider, type QuoteProvider } from '@pm/scheduler-market-data'
import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, describe, expect, test } from 'vitest'
import YahooFinance from 'yahoo-finance2'
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'

import { replayFetch } from './replay-fetch.ts'
import { type ReplayOptions, type ReplayServer, startReplayServer } from './start-replay-server.ts'

const CSV_PATHS = ['daily.csv', 'made.csv'].map((name) => fileURLToPath(new URL(`../../data/${name}`, import.meta.url)))

let server: ReplayServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function replay(options: Partial<ReplayOptions> = {}) {
  server = await startReplayServer({ csvPaths: CSV_PATHS, ...options })
  const fetch = replayFetch(server)
  return { server, fetch, yahoo: createYahooProvider({ fetch, delistedAfterMs: null }) }
}

async function ask(provider: QuoteProvider, ...symbols: string[]) {
  return provider.fetchQuotes(symbols, { signal: new AbortController().signal, onCall() {} })
}

/** A provider's quote of a symbol: the day of the price in New York, and the price. */
async function dayAndPrice(provider: QuoteProvider, symbol: string) {
  const [result] = await ask(provider, symbol)
  if (result?.kind !== 'quote') return result
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(result.quote.eventTime)
  return [day, result.quote.price]
}

describe('replayed prices, asked for by the provider that asks the real Yahoo', () => {
  test('are the recorded ones, one trading day per poll, across weekends and holidays', async () => {
    const { yahoo } = await replay({ startDate: '2024-07-03' })
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(['2024-07-03', '85.19'])
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(['2024-07-05', '84.44'])
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(['2024-07-08', '83.63'])
  })

  test('keep their original times', async () => {
    const { yahoo } = await replay()
    const results = await ask(yahoo, 'AAPL', '^VIX', 'CL=F')
    expect(results).toMatchObject([
      { quote: { price: '126.32', currency: 'USD', eventTime: Date.UTC(2015, 4, 11, 20, 0) } },
      { quote: { price: '13.93', eventTime: Date.UTC(2023, 7, 1, 20, 15) } },
      {
        quote: {
          price: '81.37',
          eventTime: Date.UTC(2023, 7, 1, 18, 30),
          name: expect.stringContaining('spot price, not the future'),
        },
      },
    ])
  })

  test('advance separately for each symbol', async () => {
    const { yahoo } = await replay({ startDate: '2025-01-01' })
    expect(await dayAndPrice(yahoo, 'BZ=F')).toEqual(['2025-01-02', expect.any(String)])
    expect(await dayAndPrice(yahoo, 'BZ=F')).toEqual(['2025-01-03', expect.any(String)])
    expect(await dayAndPrice(yahoo, 'NG=F')).toEqual(['2025-01-02', expect.any(String)])
  })

  test('end with the last recorded day, and stay there', async () => {
    const { yahoo } = await replay({ startDate: '2026-08-17' })
    const last = ['2026-08-18', expect.any(String)]
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(['2026-08-17', expect.any(String)])
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(last)
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(last)
  })

  test('continue after the last day that was played', async () => {
    const { yahoo } = await replay({ after: { AAPL: '2016-01-04', 'CL=F': '2099-01-01' } })
    expect(await dayAndPrice(yahoo, 'AAPL')).toEqual(['2016-01-05', expect.any(String)])
    expect(await dayAndPrice(yahoo, 'CL=F')).toEqual(['2026-08-18', expect.any(String)])
  })

  test('exist for 10,000 made symbols too, in batches, which say that they are made', async () => {
    const { server, fetch } = await replay({ madeSymbols: 10_000 })
    const made = server.symbols.filter((symbol) => symbol.startsWith('MADE'))
    expect(made).toHaveLength(10_000)
    const results = await ask(createYahooProvider({ fetch, batchSize: 250, delistedAfterMs: null }), ...made)
    expect(results.filter(({ kind }) => kind === 'quote')).toHaveLength(10_000)
    expect(results[0]).toMatchObject({ quote: { symbol: 'MADE00001', name: 'MADE00001 (made, from recorded prices)' } })
    const prices = results.map((result) =>
      result.kind === 'quote' ? `${result.quote.price} ${result.quote.eventTime}` : '',
    )
    expect(new Set(prices).size).toBeGreaterThan(80)
  })

  test('do not exist for other symbols', async () => {
    const { yahoo } = await replay()
    expect(await ask(yahoo, 'AAPL', 'NOPE')).toMatchObject([
      { kind: 'quote' },
      { kind: 'unknown-symbol', symbol: 'NOPE', code: 'UNKNOWN_SYMBOL' },
    ])
  })

  test('require a sign-in, as the real ones do', async () => {
    const { server } = await replay()
    const refused = await fetch(`${server.url}/v7/finance/quote?symbols=AAPL`)
    expect([refused.status, await refused.json()]).toMatchObject([
      401,
      { finance: { error: { code: 'Unauthorized' } } },
    ])
    expect((await fetch(`${server.url}/v1/test/getcrumb`)).status).toBe(401)
  })

  test('come with the fields that are asked for, and those that Yahoo sends whatever is asked for', async () => {
    const { fetch } = await replay()
    const asked: URL[] = []
    const bodies: object[] = []
    const yahoo = createYahooProvider({
      async fetch(input, init) {
        const answer = await fetch(input, init)
        const url = new URL(String(input))
        if (url.pathname === '/v7/finance/quote') {
          asked.push(url)
          bodies.push(Object(await answer.clone().json()))
        }
        return answer
      },
      delistedAfterMs: null,
    })
    await ask(yahoo, 'AAPL')
    const entry = { symbol: 'AAPL', regularMarketPrice: expect.any(Number), language: 'en-US', quoteType: 'EQUITY' }
    expect(bodies).toMatchObject([{ quoteResponse: { result: [entry] } }])
    expect(JSON.stringify(bodies)).not.toContain('regularMarketDayRange')
    expect(asked[0]?.searchParams.get('fields')).toContain('regularMarketPrice')
  })

  test('pass all validation of yahoo-finance2', async () => {
    const { fetch, server } = await replay({ startDate: '2024-01-02' })
    const logger = { info() {}, warn() {}, error() {}, debug() {}, dir() {} }
    const client = new YahooFinance({
      cookieJar: new ExtendedCookieJar(),
      fetch,
      logger,
      suppressNotices: ['yahooSurvey'],
    })
    const quotes = await client.quote([...server.symbols])
    expect(quotes.map(({ symbol, quoteType }) => [symbol, quoteType])).toEqual(
      expect.arrayContaining([
        ['AAPL', 'EQUITY'],
        ['^VIX', 'INDEX'],
        ['CL=F', 'FUTURE'],
      ]),
    )
  })
})

describe('replayed prices, asked for by the provider that asks the real Alpha Vantage', () => {
  test('are those of the same day as Yahoo’s in the same poll', async () => {
    const { yahoo, fetch } = await replay({ startDate: '2018-01-02' })
    const alphaVantage = createAlphaVantageProvider({ fetch, delistedAfterMs: null, apiKey: 'k', paceMs: 1_000 })
    expect(await dayAndPrice(yahoo, 'AAPL')).toEqual(await dayAndPrice(alphaVantage, 'AAPL'))
  })

  test('exist for shares only', async () => {
    const { fetch } = await replay()
    const alphaVantage = createAlphaVantageProvider({ fetch, delistedAfterMs: null, apiKey: 'k' })
    expect(await ask(alphaVantage, '^VIX', 'CL=F')).toMatchObject([{ code: 'NOT_OFFERED' }, { code: 'NOT_OFFERED' }])
    const [unknown] = await ask(alphaVantage, 'NOPE')
    expect(unknown).toMatchObject({ kind: 'unknown-symbol' })
  })

  test('are refused when requests come too fast, or too often in a day', async () => {
    const clock = createManualClock()
    const { fetch } = await replay({ clock, alphaVantageQuota: { perDay: 3 } })
    const impatient = () =>
      createAlphaVantageProvider({
        fetch,
        delistedAfterMs: null,
        apiKey: 'CANARY',
        clock,
        paceMs: 0,
        quota: { perDay: 100 },
      })

    expect(await ask(impatient(), 'AAPL')).toMatchObject([{ kind: 'quote' }])
    expect(await ask(impatient(), 'AAPL')).toMatchObject([{ code: 'RATE_LIMITED', retryAt: clock.now() + 2_000 }])
    await clock.advance(1_000)
    expect(await ask(impatient(), 'AAPL')).toMatchObject([{ kind: 'quote' }])
    await clock.advance(1_000)
    const refused = await ask(impatient(), 'AAPL')
    expect(refused).toMatchObject([{ code: 'DAILY_LIMIT_REACHED', retryAt: clock.now() + 3_600_000 }])
    expect(JSON.stringify(refused)).not.toContain('CANARY')

    await clock.advance(86_400_000)
    expect(await ask(impatient(), 'AAPL')).toMatchObject([{ kind: 'quote' }])
  })
})

test('a replay reaches no other host', async () => {
  const { fetch } = await replay()
  await expect(fetch('https://example.com/')).rejects.toThrow('example.com is not replayed')
})

test('an invalid file is refused with its name and line', async () => {
  await expect(startReplayServer({ csvPaths: ['/nowhere/daily.csv'] })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('/nowhere/daily.csv'),
  })
  const csvPath = join(tmpdir(), `replay-${process.pid}.csv`)
  await writeFile(csvPath, 'symbol,currency,date,open,high,low,close,volume\nAAPL,USD,2015-05-11,,,,many,\n')
  await expect(startReplayServer({ csvPaths: [csvPath] })).rejects.toMatchObject({
    message: expect.stringContaining('Line 2 of'),
  })
})
