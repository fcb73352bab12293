import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { createYahooProvider } from '../src/index.ts'
import { ask } from './ask.ts'
import {
  answers,
  type Behaviour,
  hangsUp,
  type MisbehavingServer,
  startMisbehavingServer,
} from './misbehaving-server.ts'
import { yahooEntry, yahooHost, yahooQuotes } from './yahoo-host.ts'

let server: MisbehavingServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function yahoo(host: Behaviour, options: object = {}) {
  server = await startMisbehavingServer(host)
  return { server, provider: createYahooProvider({ fetch: server.fetch, clock: createManualClock(), ...options }) }
}

describe('Yahoo', () => {
  test('is asked for all symbols in one request, after one sign-in per session', async () => {
    const entries = ['AAPL', '^VIX', 'CL=F'].map((symbol) => yahooEntry({ symbol }))
    const { provider, server } = await yahoo(yahooHost(yahooQuotes(...entries)))
    const first = await ask(provider, ['AAPL', '^VIX', 'CL=F'])
    const second = await ask(provider, ['AAPL', '^VIX', 'CL=F'])

    expect(first.results.map(({ kind }) => kind)).toEqual(['quote', 'quote', 'quote'])
    expect(first.results[0]).toMatchObject({
      quote: {
        price: '189.5',
        currency: 'USD',
        eventTime: Date.UTC(2025, 8, 15, 20),
        eventTimePrecision: 'exact',
        fetchedAt: Date.UTC(2025, 8, 16, 2),
        provider: 'yahoo_finance',
        name: 'Apple Inc.',
        previousClose: '188.1',
      },
    })
    expect(first.calls.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(second.calls).toHaveLength(1)
    expect(server.requests.map((request) => request.split('?')[0])).toEqual([
      'GET /quote/AAPL',
      'GET /v1/test/getcrumb',
      'GET /v7/finance/quote',
      'GET /v7/finance/quote',
    ])
    const { searchParams } = new URL(server.requests[2]?.replace('GET ', '') ?? '', 'http://x')
    expect(Object.fromEntries(searchParams)).toEqual({
      symbols: 'AAPL,^VIX,CL=F',
      fields: expect.stringContaining('regularMarketPrice,regularMarketTime'),
      crumb: 'a1B2.c3D4/e5',
    })
  })

  test('is asked in batches for a long list, and returns each symbol’s own result', async () => {
    const symbols = Array.from({ length: 7 }, (_, index) => `S${index}`)
    const { provider, server } = await yahoo(
      (request, response) => {
        const asked = new URL(request.url ?? '', 'http://x').searchParams.get('symbols')?.split(',') ?? []
        yahooHost(yahooQuotes(...asked.map((symbol) => yahooEntry({ symbol }))))(request, response)
      },
      { batchSize: 3 },
    )
    const { results } = await ask(provider, symbols)

    expect(results.map(({ kind, symbol }) => [kind, symbol])).toEqual(symbols.map((symbol) => ['quote', symbol]))
    expect(server.requests.filter((request) => request.includes('/v7/'))).toHaveLength(3)
  })

  const ODD_ENTRIES: [string, unknown[], string][] = [
    ['knows nothing of it', [], 'UNKNOWN_SYMBOL'],
    ['had it once', [yahooEntry({ quoteType: 'NONE' })], 'DELISTED'],
    ['answers about another', [yahooEntry({ symbol: 'TSLA' })], 'RENAMED'],
    ['answers twice', [yahooEntry({}), yahooEntry({ regularMarketPrice: 5 })], 'DUPLICATE_ANSWER'],
    ['has no price', [yahooEntry({ regularMarketPrice: undefined })], 'PRICE_MISSING'],
    ['has null for a price', [yahooEntry({ regularMarketPrice: null })], 'PRICE_MISSING'],
    ['has text for a price', [yahooEntry({ regularMarketPrice: '12 apples' })], 'PRICE_NOT_NUMERIC'],
    ['has a formatted price', [yahooEntry({ regularMarketPrice: { raw: 1, fmt: '1.00' } })], 'PRICE_NOT_NUMERIC'],
    ['has zero for a price', [yahooEntry({ regularMarketPrice: 0 })], 'PRICE_ZERO'],
    ['has a share below zero', [yahooEntry({ regularMarketPrice: -1 })], 'PRICE_NEGATIVE'],
    ['has no currency', [yahooEntry({ currency: undefined })], 'CURRENCY_MISSING'],
    ['has no time', [yahooEntry({ regularMarketTime: undefined })], 'EVENT_TIME_MISSING'],
    ['has a time in words', [yahooEntry({ regularMarketTime: 'now' })], 'EVENT_TIME_MALFORMED'],
    ['has a time in milliseconds', [yahooEntry({ regularMarketTime: 1_757_966_400_000 })], 'EVENT_TIME_IN_FUTURE'],
    ['has invalid entries', [null, 7, 'AAPL', [], { symbol: 5 }], 'UNKNOWN_SYMBOL'],
  ]
  test.each(ODD_ENTRIES)(
    '%s: that symbol is refused with the right code, the others are not',
    async (_what, entries, code) => {
      const { provider } = await yahoo(yahooHost(yahooQuotes(...entries, yahooEntry({ symbol: 'MSFT' }))))
      const { results, calls } = await ask(provider, ['AAPL', 'MSFT'])

      expect(results).toMatchObject([
        { symbol: 'AAPL', code },
        { kind: 'quote', symbol: 'MSFT' },
      ])
      expect(calls.at(-1)?.outcome).toBe('succeeded')
    },
  )

  test('sends 1e999, which is Infinity in JSON: not a price', async () => {
    const body = '{"quoteResponse":{"result":[{"symbol":"AAPL","regularMarketPrice":1e999}],"error":null}}'
    const { provider } = await yahoo(yahooHost(answers(200, body)))
    const { results, calls } = await ask(provider, ['AAPL'])

    expect(results[0]).toMatchObject({ code: 'PRICE_NOT_FINITE' })
    expect(calls.at(-1)).toMatchObject({ outcome: 'failed', answered: true })
  })

  test('accepts a negative price of a future', async () => {
    const wti = yahooEntry({ symbol: 'CL=F', quoteType: 'FUTURE', regularMarketPrice: -37.63 })
    const { provider } = await yahoo(yahooHost(yahooQuotes(wti)))
    expect((await ask(provider, ['CL=F'])).results[0]).toMatchObject({ kind: 'quote', quote: { price: '-37.63' } })
  })
})

describe('signing in', () => {
  const refused: Behaviour = answers(401, {
    finance: { result: null, error: { code: 'Unauthorized', description: 'Invalid Crumb' } },
  })

  test('happens again when a session has expired, once and within the same poll', async () => {
    let expired = false
    const { provider, server } = await yahoo(
      yahooHost((request, response) => {
        const behaviour = expired ? refused : yahooQuotes(yahooEntry({}))
        expired = false
        behaviour(request, response)
      }),
    )
    await ask(provider, ['AAPL'])
    expired = true
    const { results, calls } = await ask(provider, ['AAPL'])

    expect(results[0]?.kind).toBe('quote')
    expect(calls.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded'])
    expect(server.requests).toHaveLength(7)
  })

  test('is not repeated when a new session is refused', async () => {
    const { provider, server } = await yahoo(yahooHost(refused))
    expect((await ask(provider, ['AAPL'])).results[0]).toMatchObject({ code: 'ACCESS_DENIED' })
    expect(server.requests).toHaveLength(3)
  })

  const elsewhere = (location: string) => yahooHost(yahooQuotes(), { page: answers(302, '', { location }) })
  const BROKEN: [string, Behaviour, string, string[]][] = [
    [
      'the page sets no cookie',
      yahooHost(yahooQuotes(), { page: answers(200, '<html>') }),
      'HANDSHAKE_FAILED',
      ['failed'],
    ],
    ['the page is down', yahooHost(yahooQuotes(), { page: answers(503) }), 'HTTP_SERVER_ERROR', ['failed']],
    [
      'the page refuses',
      yahooHost(yahooQuotes(), { page: answers(429, 'Too Many') }),
      'RATE_LIMITED',
      ['rate_limited'],
    ],
    ['the page hangs up', yahooHost(yahooQuotes(), { page: hangsUp }), 'CONNECTION_FAILED', ['failed']],
    [
      'the crumb is a page',
      yahooHost(yahooQuotes(), { crumb: answers(200, '<html>consent</html>') }),
      'HANDSHAKE_FAILED',
      ['succeeded', 'failed'],
    ],
    [
      'the crumb is empty',
      yahooHost(yahooQuotes(), { crumb: answers(200) }),
      'HANDSHAKE_FAILED',
      ['succeeded', 'failed'],
    ],
    [
      'the crumb is refused',
      yahooHost(yahooQuotes(), { crumb: answers(429, 'Too Many Requests') }),
      'RATE_LIMITED',
      ['succeeded', 'rate_limited'],
    ],
    ['consent is given to others', elsewhere('https://guce.yahoo.evil.example/'), 'REDIRECT_REFUSED', ['succeeded']],
    ['consent is not encrypted', elsewhere('http://guce.yahoo.com/consent'), 'REDIRECT_REFUSED', ['succeeded']],
  ]
  test.each(BROKEN)('%s: all symbols fail with the reason', async (_what, host, code, outcomes) => {
    const { provider, server } = await yahoo(host)
    const { results, calls } = await ask(provider, ['AAPL', 'MSFT'])

    expect(results).toMatchObject([
      { symbol: 'AAPL', code },
      { symbol: 'MSFT', code },
    ])
    expect(calls.map(({ outcome }) => outcome)).toEqual(outcomes)
    expect(server.requests).toHaveLength(outcomes.length)
  })

  test('is separate for each provider', async () => {
    const host = yahooHost(yahooQuotes(yahooEntry({})))
    const { provider, server } = await yahoo(host)
    await ask(provider, ['AAPL'])
    await ask(createYahooProvider({ fetch: server.fetch, clock: createManualClock() }), ['AAPL'])
    expect(server.requests.filter((request) => request.includes('getcrumb'))).toHaveLength(2)
  })

  test('passes the consent pages that are shown in Europe', async () => {
    const to = (location: string, cookie: string) =>
      answers(302, '', { location, 'set-cookie': `${cookie}; Domain=.yahoo.com; Path=/; Secure` })
    const pages: Record<string, Behaviour> = {
      'GET /quote/AAPL': to('https://guce.yahoo.com/consent', 'GUCS=1'),
      'GET /consent': to('https://consent.yahoo.com/v2/collectConsent', 'GUC=1'),
      'GET /v2/collectConsent': answers(200, '<input type="hidden" name="csrfToken" value="x">'),
      'POST /v2/collectConsent': to('https://guce.yahoo.com/copyConsent', 'CFC=1'),
      'GET /copyConsent': to('https://finance.yahoo.com/quote/AAPL?guccounter=1', 'A3=d=1'),
      'GET /quote/AAPL?guccounter=1': answers(200, '<html></html>'),
    }
    const page: Behaviour = (request, response) => {
      const behaviour = pages[`${request.method} ${request.url}`] ?? answers(404)
      behaviour(request, response)
    }
    const { provider } = await yahoo(yahooHost(yahooQuotes(yahooEntry({})), { page }))
    const { results, calls } = await ask(provider, ['AAPL'])

    expect(results[0]?.kind).toBe('quote')
    expect(calls.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'succeeded'))
  })
})

test('nothing is written to the console for any answer of Yahoo', async () => {
  const spies = (['log', 'info', 'warn', 'error', 'dir', 'debug'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation(() => {}),
  )
  for (const quotes of [
    answers(500),
    answers(401, {}),
    yahooQuotes('text', null),
    yahooQuotes(yahooEntry({ language: 7 })),
  ]) {
    const { provider, server } = await yahoo(yahooHost(quotes))
    await ask(provider, ['AAPL'])
    await server.close()
  }
  server = null
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([])
  for (const spy of spies) spy.mockRestore()
})

test('a disabled provider asks nobody', async () => {
  const { provider, server } = await yahoo(answers(500), { enabled: false })
  expect(await ask(provider, ['AAPL'])).toEqual({
    results: [{ kind: 'failed', symbol: 'AAPL', code: 'PROVIDER_DISABLED' }],
    calls: [],
  })
  expect(server.requests).toEqual([])
})

test('the quota counts every request, those of the sign-in too', async () => {
  const { provider } = await yahoo(yahooHost(yahooQuotes(yahooEntry({}))), { quota: { perDay: 4 } })
  await ask(provider, ['AAPL'])
  expect(provider.readLimits?.()).toEqual({
    quotaRemaining: 1,
    circuit: 'closed',
    circuitReason: null,
    circuitUntil: null,
  })
  await ask(provider, ['AAPL'])
  expect((await ask(provider, ['AAPL'])).results[0]).toMatchObject({ kind: 'rate-limited', code: 'QUOTA_EXHAUSTED' })
})
