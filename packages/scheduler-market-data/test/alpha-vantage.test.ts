import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, describe, expect, test } from 'vitest'

import { type AlphaVantageOptions, createAlphaVantageProvider, exchangeCalendar } from '../src/index.ts'
import { globalQuote, says } from './alpha-vantage-host.ts'
import { ask } from './ask.ts'
import { answers, type Behaviour, type MisbehavingServer, startMisbehavingServer } from './misbehaving-server.ts'

let server: MisbehavingServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function alphaVantage(host: Behaviour, options: AlphaVantageOptions = {}) {
  server = await startMisbehavingServer(host)
  const clock = createManualClock()
  const provider = createAlphaVantageProvider({ apiKey: 'k', baseUrl: server.url, clock, ...options })
  return { server, clock, provider }
}

describe('Alpha Vantage', () => {
  test('is asked for one symbol, and answers with the close of its latest trading day', async () => {
    const { provider, server, clock } = await alphaVantage(globalQuote())
    const { results, calls } = await ask(provider, ['AAPL'])

    expect(server.requests).toEqual(['GET /query?function=GLOBAL_QUOTE&symbol=AAPL&apikey=k'])
    expect(results).toEqual([
      {
        kind: 'quote',
        symbol: 'AAPL',
        quote: {
          symbol: 'AAPL',
          price: '189.5',
          currency: 'USD',
          eventTime: Date.UTC(2025, 8, 15, 20),
          eventTimePrecision: 'day',
          fetchedAt: clock.now(),
          provider: 'alpha_vantage',
          name: null,
          previousClose: '188.1',
          volume: '48160000',
          instrument: { type: null, exchange: null, timezone: null, marketState: null, delayMs: null },
          extended: null,
        },
      },
    ])
    expect(calls).toMatchObject([{ provider: 'alpha_vantage', outcome: 'succeeded', answered: true }])
  })

  const ODD_QUOTES: [string, Record<string, unknown>, string][] = [
    ['an empty symbol', { '01. symbol': '' }, 'SYMBOL_MISMATCH'],
    ['no symbol', { '01. symbol': undefined }, 'SYMBOL_MISMATCH'],
    ['no price', { '05. price': undefined }, 'PRICE_MISSING'],
    ['an empty price', { '05. price': '' }, 'PRICE_MISSING'],
    ['None', { '05. price': 'None' }, 'PRICE_NOT_NUMERIC'],
    ['a number with a unit', { '05. price': '189.5 USD' }, 'PRICE_NOT_NUMERIC'],
    ['a number with a comma', { '05. price': '1,189.50' }, 'PRICE_NOT_NUMERIC'],
    ['NaN', { '05. price': 'NaN' }, 'PRICE_NOT_FINITE'],
    ['Infinity', { '05. price': '-Infinity' }, 'PRICE_NOT_FINITE'],
    ['more digits than a price has', { '05. price': '9'.repeat(400) }, 'PRICE_OUT_OF_RANGE'],
    ['zero', { '05. price': '0.0000' }, 'PRICE_ZERO'],
    ['less than zero', { '05. price': '-1.0000' }, 'PRICE_NEGATIVE'],
    ['an object', { '05. price': { raw: 1 } }, 'PRICE_NOT_NUMERIC'],
    ['no day', { '07. latest trading day': undefined }, 'EVENT_TIME_MISSING'],
    ['an empty day', { '07. latest trading day': '' }, 'EVENT_TIME_MISSING'],
    ['a day that does not exist', { '07. latest trading day': '2025-02-31' }, 'EVENT_TIME_MALFORMED'],
    ['a day to come', { '07. latest trading day': '2025-09-17' }, 'EVENT_TIME_IN_FUTURE'],
  ]
  test.each(ODD_QUOTES)(
    'answers with %s: refused with the right code, as a failed call',
    async (_what, fields, code) => {
      const { provider } = await alphaVantage(globalQuote(fields))
      const { results, calls } = await ask(provider, ['AAPL'])

      expect(results).toEqual([{ kind: 'invalid', symbol: 'AAPL', code }])
      expect(calls).toMatchObject([{ outcome: 'failed', answered: true }])
      expect(provider.readLimits?.().circuit).toBe('closed')
    },
  )

  test('writes small prices in another notation, without loss', async () => {
    const { provider } = await alphaVantage(globalQuote({ '05. price': '1e-7' }))
    const { results } = await ask(provider, ['AAPL'])
    expect(results).toMatchObject([{ kind: 'quote', quote: { price: '0.0000001' } }])
  })

  const DAILY =
    'We have detected your API key as k and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans to instantly remove all daily rate limits.'
  const BURST =
    'Please consider spreading out your free API requests more sparingly (1 request per second). Subscribe to lift the free key rate limit (25 requests per day).'
  const MINUTE = 'Our standard API call frequency is 5 calls per minute and 500 calls per day.'
  const REFUSALS: [string, Behaviour, object][] = [
    ['the day is used up', says('Information', DAILY), { code: 'DAILY_LIMIT_REACHED', retryInMs: 3_600_000 }],
    ['requests come too fast', says('Information', BURST), { code: 'RATE_LIMITED', retryInMs: 2_000 }],
    ['the minute is used up', says('Note', MINUTE), { code: 'RATE_LIMITED', retryInMs: 60_000 }],
    [
      'the key is refused',
      says('Error Message', 'the parameter apikey is invalid or missing.'),
      { code: 'ACCESS_DENIED' },
    ],
    [
      'the key is a sample',
      says('Information', 'The **demo** API key is for demo purposes only.'),
      { code: 'ACCESS_DENIED' },
    ],
    ['it costs money', says('Information', 'This is a premium endpoint.'), { code: 'ACCESS_DENIED' }],
    ['the symbol is refused', says('Error Message', 'Invalid API call. Please retry.'), { code: 'UNKNOWN_SYMBOL' }],
    ['the symbol is unknown', answers(200, { 'Global Quote': {} }), { code: 'UNKNOWN_SYMBOL' }],
    ['nobody knows why', says('Note', 'We are experiencing difficulties.'), { code: 'PROVIDER_ERROR' }],
  ]
  test.each(REFUSALS)('says with status 200 that %s', async (_what, host, expected) => {
    const { provider, clock } = await alphaVantage(host)
    const { results, calls } = await ask(provider, ['AAPL'])
    const { code, retryInMs } = { retryInMs: null, ...expected } as { code: string; retryInMs: number | null }

    expect(results[0]).toMatchObject({ code, ...(retryInMs !== null && { retryAt: clock.now() + retryInMs }) })
    const refused = code === 'UNKNOWN_SYMBOL' ? 'refused' : 'failed'
    expect(calls).toMatchObject([{ outcome: retryInMs === null ? refused : 'rate_limited', answered: true }])
  })

  test('whose day is used up by its own count has 0 left, until it answers again', async () => {
    let isUsedUp = true
    const { provider, clock } = await alphaVantage(
      (request, response) => (isUsedUp ? says('Information', DAILY) : globalQuote())(request, response),
      { paceMs: 0 },
    )
    await ask(provider, ['AAPL'])
    expect(provider.readLimits?.().quotaRemaining).toBe(0)
    // Without a zone nobody knows when its day ends: it is tried again after an hour.
    const triedAt = clock.now() + 3_600_000
    await clock.advance(60_000)
    expect((await ask(provider, ['AAPL'])).results).toMatchObject([{ code: 'QUOTA_EXHAUSTED', retryAt: triedAt }])
    await clock.advance(triedAt - clock.now())
    isUsedUp = false
    await ask(provider, ['AAPL'])
    expect(provider.readLimits?.().quotaRemaining).toBe(23)
  })

  test('that counts by the days of a zone is left alone until its midnight, and has 0 left until then', async () => {
    const quota = { perDay: 25, dayTimezone: 'America/New_York' }
    const { provider, server, clock } = await alphaVantage(says('Information', DAILY), { paceMs: 0, quota })
    const midnight = Date.UTC(2025, 8, 16, 4)
    const { results } = await ask(provider, ['AAPL'])
    expect(results).toMatchObject([{ code: 'DAILY_LIMIT_REACHED', retryAt: midnight }])
    await clock.advance(midnight - clock.now() - 1)
    const later = await ask(provider, ['AAPL', 'MSFT'])
    expect(later.results).toMatchObject([
      { code: 'QUOTA_EXHAUSTED', retryAt: midnight },
      { code: 'QUOTA_EXHAUSTED', retryAt: midnight },
    ])
    expect([provider.readLimits?.().quotaRemaining, server.requests.length]).toEqual([0, 1])
    await clock.advance(1)
    expect(provider.readLimits?.().quotaRemaining).toBe(25)
    await ask(provider, ['AAPL'])
    expect(server.requests).toHaveLength(2)
  })

  test('stamps the price of a half day with the early close', async () => {
    const clock = createManualClock({ startAt: Date.UTC(2025, 10, 29, 12) })
    const { provider } = await alphaVantage(globalQuote({ '07. latest trading day': '2025-11-28' }), { clock })
    expect((await ask(provider, ['AAPL'])).results).toMatchObject([
      { quote: { eventTime: Date.UTC(2025, 10, 28, 18), eventTimePrecision: 'day' } },
    ])
  })

  test('stamps by the host’s calendar where it has none of its own', async () => {
    const clock = createManualClock({ startAt: Date.UTC(2025, 10, 29, 12) })
    const fields = { '01. symbol': 'IWDA.AS', '07. latest trading day': '2025-11-28' }
    const { provider } = await alphaVantage(globalQuote(fields), {
      clock,
      currencyOf: () => 'EUR',
      calendarOf: () => exchangeCalendar('XETR'),
    })
    expect((await ask(provider, ['IWDA.AS'])).results).toMatchObject([
      { quote: { eventTime: Date.UTC(2025, 10, 28, 16, 30) } },
    ])
  })

  test('is not asked for the other symbols once it has refused', async () => {
    const { provider, server } = await alphaVantage(says('Information', DAILY), { paceMs: 0 })
    const { results } = await ask(provider, ['AAPL', 'MSFT', 'TSLA'])

    expect(results.map((result) => ('code' in result ? result.code : null))).toEqual([
      'DAILY_LIMIT_REACHED',
      'QUOTA_EXHAUSTED',
      'QUOTA_EXHAUSTED',
    ])
    expect(server.requests).toHaveLength(1)
  })

  test('is not asked for the other symbols while it wants a pause, and that is no question of its quota', async () => {
    const { provider } = await alphaVantage(says('Note', MINUTE), { paceMs: 0 })
    const { results } = await ask(provider, ['AAPL', 'MSFT'])

    expect(results).toMatchObject([{ code: 'RATE_LIMITED' }, { code: 'BACKING_OFF' }])
  })

  test('is not asked for symbols that it lacks, nor for symbols of unknown currency', async () => {
    const { provider, server } = await alphaVantage(globalQuote())
    const { results, calls } = await ask(provider, ['^VIX', 'CL=F', 'TSCO.L'])

    expect(results).toMatchObject([
      { code: 'NOT_OFFERED' },
      { code: 'NOT_OFFERED' },
      { kind: 'invalid', code: 'CURRENCY_MISSING' },
    ])
    expect([calls, server.requests]).toEqual([[], []])
  })

  test('uses currencyOf for a currency that its table lacks', async () => {
    const host = globalQuote({ '01. symbol': 'TSCO.LON' })
    const { provider, server } = await alphaVantage(host, { currencyOf: () => 'GBp' })
    const { results } = await ask(provider, ['TSCO.L'])

    expect(results[0]).toMatchObject({ quote: { symbol: 'TSCO.L', currency: 'GBp' } })
    expect(server.requests[0]).toContain('symbol=TSCO.LON')
  })

  test('is asked no more than its free tier allows: 25 times a day', async () => {
    const { provider, server } = await alphaVantage(globalQuote(), { paceMs: 0 })
    for (let poll = 0; poll < 30; poll++) await ask(provider, ['AAPL'])

    expect(server.requests).toHaveLength(25)
    expect(provider.readLimits?.()).toEqual({
      quotaRemaining: 0,
      circuit: 'closed',
      circuitReason: null,
      circuitUntil: null,
    })
  })

  test('is polled every quarter of an hour for seven days: never asked more than 25 times in any 24 hours, by the server’s count', async () => {
    const arrivals: number[] = []
    const { provider, clock } = await alphaVantage(
      (request, response) => {
        arrivals.push(clock.now())
        const day = new Date(clock.now() - 86_400_000).toISOString().slice(0, 10)
        globalQuote({ '07. latest trading day': day })(request, response)
      },
      { paceMs: 0 },
    )
    const codes = new Set<string>()
    for (let poll = 0; poll < 7 * 96; poll++) {
      const { results } = await ask(provider, ['AAPL'])
      for (const result of results) codes.add('code' in result ? result.code : result.kind)
      await clock.advance(900_000)
    }

    const busiest = Math.max(
      ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 86_400_000).length),
    )
    expect([busiest, arrivals.length]).toEqual([25, 7 * 25])
    expect([...codes].sort()).toEqual(['QUOTA_EXHAUSTED', 'quote'])
  })

  test('is asked for one symbol a second', async () => {
    const { provider, server, clock } = await alphaVantage(globalQuote())
    const asking = ask(provider, ['AAPL', 'MSFT'])
    await server.nextRequest()
    while (clock.pendingTimers === 0 || clock.nextTimerAt() !== clock.now() + 1_000) await clock.advance(0)
    expect(server.requests).toHaveLength(1)
    await clock.advance(1_000)
    await asking
    expect(server.requests).toHaveLength(2)
  })
})

describe('without a key', () => {
  test.each([undefined, '', '   '])('%o it is disabled', async (apiKey) => {
    const { provider, server } = await alphaVantage(globalQuote(), { apiKey })
    expect(provider).toMatchObject({ enabled: false, apiKeyConfigured: false })
    expect((await ask(provider, ['AAPL'])).results).toEqual([
      { kind: 'failed', symbol: 'AAPL', code: 'PROVIDER_DISABLED' },
    ])
    expect(server.requests).toEqual([])
  })

  test('a key does not enable a provider that is switched off', async () => {
    const { provider } = await alphaVantage(globalQuote(), { enabled: false })
    expect(provider).toMatchObject({ enabled: false, apiKeyConfigured: true })
  })
})

test.each([
  [{ baseUrl: 'not a url' }, 'baseUrl'],
  [{ baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
  [{ paceMs: -1 }, 'paceMs'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ delistedAfterMs: 0 }, 'delistedAfterMs'],
  [{ unknownSymbols: { max: 0 } }, 'unknownSymbols.max'],
  [{ quota: { perDay: 1, dayTimezone: 'Mars/Base' } }, 'quota.dayTimezone'],
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ timeoutMs: Number.NaN }, 'timeoutMs'],
  [{ maxBytes: 1.5 }, 'maxBytes'],
  [{ futureToleranceMs: -1 }, 'futureToleranceMs'],
  [{ quota: { perDay: 0 } }, 'quota.perDay'],
  [{ breaker: { openMs: Number.POSITIVE_INFINITY } }, 'breaker.openMs'],
])('%o is refused with its path', (options, path) => {
  expect(() => createAlphaVantageProvider({ apiKey: 'k', ...options })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
  )
})
