import { createManualClock } from '@pm/scheduler-testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createAlphaVantageProvider, createQuoteProvider, createYahooProvider, type QuoteSource } from '../src/index.ts'
import { ask } from './ask.ts'
import { alphaVantageAnswer, tableHost, yahooAnswer, yahooTable } from './table-host.ts'
import { yahooEntry } from './yahoo-host.ts'

const HOUR = 3_600_000
const entriesOf = (names: readonly string[]) => names.map((symbol) => yahooEntry({ symbol: symbol.toUpperCase() }))
const codesOf = (asked: Awaited<ReturnType<typeof ask>>) =>
  asked.results.map((result) => ('code' in result ? result.code : result.quote.price))

describe('what a provider does not know', () => {
  test('does not use up its budget: a delisted symbol that is polled for a day costs 5 requests of 25', async () => {
    const clock = createManualClock()
    const host = tableHost(([name]) => alphaVantageAnswer(name === 'GONE' ? null : { '01. symbol': name }))
    const provider = createAlphaVantageProvider({ apiKey: 'k', clock, fetch: host.fetch, paceMs: 0 })
    for (let poll = 0; poll < 96; poll++) {
      await ask(provider, ['GONE'])
      await clock.advance(900_000)
    }
    expect(host.asked).toHaveLength(5)
    expect(provider.readLimits?.().quotaRemaining).toBeGreaterThanOrEqual(20)
  })

  test('is told with its code and until when it is not asked', async () => {
    const clock = createManualClock()
    const host = tableHost(() => alphaVantageAnswer(null))
    const provider = createAlphaVantageProvider({ apiKey: 'k', clock, fetch: host.fetch, paceMs: 0 })
    const rememberedFrom = clock.now()
    const told = { kind: 'unknown-symbol', symbol: 'GONE', code: 'UNKNOWN_SYMBOL', askAgainAt: rememberedFrom + HOUR }
    expect((await ask(provider, ['GONE'])).results).toEqual([told])
    await clock.advance(HOUR - 1)
    expect(await ask(provider, ['GONE'])).toEqual({ results: [{ ...told, rememberedFrom }], calls: [] })
    await clock.advance(1)
    expect((await ask(provider, ['GONE'])).results).toMatchObject([{ askAgainAt: clock.now() + 2 * HOUR }])
  })

  test('costs nothing of a list, also when the list has nothing else', async () => {
    const host = yahooTable((names) => yahooAnswer(entriesOf(names.filter((name) => !name.startsWith('GONE')))))
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    await ask(provider, ['AAPL', 'GONE1', 'GONE2'])
    expect(codesOf(await ask(provider, ['GONE1', 'AAPL', 'GONE2']))).toEqual([
      'UNKNOWN_SYMBOL',
      '189.5',
      'UNKNOWN_SYMBOL',
    ])
    await ask(provider, ['GONE1', 'GONE2'])
    expect(host.asked).toEqual([['AAPL', 'GONE1', 'GONE2'], ['AAPL']])
  })

  test('is not believed at once of a symbol that has had a quote: an answer that leaves out everything costs one poll', async () => {
    const host = yahooTable((names, request) => yahooAnswer(request === 1 ? [] : entriesOf(names)))
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    const polls = [await ask(provider, ['AAPL']), await ask(provider, ['AAPL']), await ask(provider, ['AAPL'])]
    expect(polls.map(codesOf)).toEqual([['189.5'], ['UNKNOWN_SYMBOL'], ['189.5']])
  })

  test('is delisted when its last price is half a year old', async () => {
    const clock = createManualClock()
    const at = (days: number) => Math.floor(clock.now() / 1000) - days * 86_400
    const host = yahooTable(() =>
      yahooAnswer([
        yahooEntry({ symbol: 'OLD', regularMarketTime: at(181) }),
        yahooEntry({ symbol: 'QUARTERLY', regularMarketTime: at(120) }),
      ]),
    )
    const options = { clock, fetch: host.fetch }
    const symbols = ['OLD', 'QUARTERLY']
    expect(codesOf(await ask(createYahooProvider(options), symbols))).toEqual(['DELISTED', '189.5'])
    const patient = createYahooProvider({ ...options, delistedAfterMs: null })
    expect(codesOf(await ask(patient, symbols))).toEqual(['189.5', '189.5'])
  })
})

describe('names of symbols', () => {
  test('are the provider’s: those of its table, or of the host', async () => {
    const host = tableHost(([name]) => alphaVantageAnswer({ '01. symbol': name }))
    const provider = createAlphaVantageProvider({
      ...{ apiKey: 'k', clock: createManualClock(), fetch: host.fetch, paceMs: 0, currencyOf: () => 'GBp' },
      symbolOf: (symbol) => ({ FB: 'META', 'SECRET.L': null })[symbol],
    })
    const { results } = await ask(provider, ['VOD.L', 'FB', 'SECRET.L'])
    expect(host.asked).toEqual([['VOD.LON'], ['META']])
    expect(results).toMatchObject([
      { kind: 'quote', symbol: 'VOD.L', quote: { symbol: 'VOD.L', currency: 'GBp' } },
      { kind: 'quote', symbol: 'FB', quote: { symbol: 'FB' } },
      { code: 'NOT_OFFERED', askAgainAt: null },
    ])
    expect(['VOD.L', 'SECRET.L', 'BTC-USD'].map((symbol) => provider.canQuote?.(symbol))).toEqual([true, false, false])
  })

  test('that are the same are asked for once, and every spelling has the quote', async () => {
    const host = yahooTable((names) => yahooAnswer(entriesOf(names)))
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    const { results } = await ask(provider, ['aapl', 'MSFT', 'AAPL', 'Aapl'])
    expect(host.asked).toEqual([['aapl', 'MSFT']])
    expect(results.map((result) => result.kind === 'quote' && result.quote.symbol)).toEqual([
      ...['aapl', 'MSFT', 'AAPL', 'Aapl'],
    ])
  })

  test('that Yahoo answers twice with the same values are one quote; with other values, none', async () => {
    const twice = (price: number) => [
      yahooEntry({ symbol: 'MSFT' }),
      yahooEntry({ symbol: 'AAPL' }),
      yahooEntry({ symbol: 'AAPL', regularMarketPrice: price }),
    ]
    const codes = async (price: number) => {
      const host = yahooTable(() => yahooAnswer(twice(price)))
      return codesOf(
        await ask(createYahooProvider({ clock: createManualClock(), fetch: host.fetch }), ['AAPL', 'MSFT']),
      )
    }
    expect(await codes(189.5)).toEqual(['189.5', '189.5'])
    expect(await codes(189.51)).toEqual(['DUPLICATE_ANSWER', '189.5'])
  })

  test('that were changed cost only themselves', async () => {
    const host = yahooTable(() => yahooAnswer(entriesOf(['AAPL', 'META', 'MSFT'])))
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    expect(codesOf(await ask(provider, ['AAPL', 'FB', 'MSFT']))).toEqual(['189.5', 'RENAMED', '189.5'])
    await ask(provider, ['AAPL', 'FB', 'MSFT'])
    expect(host.asked[1]).toEqual(['AAPL', 'MSFT'])

    const single = tableHost(() => alphaVantageAnswer({ '01. symbol': 'META' }))
    const other = createAlphaVantageProvider({
      apiKey: 'k',
      clock: createManualClock(),
      fetch: single.fetch,
      paceMs: 0,
    })
    expect(codesOf(await ask(other, ['FB']))).toEqual(['RENAMED'])
    expect(codesOf(await ask(other, ['FB']))).toEqual(['RENAMED'])
    expect(single.asked).toHaveLength(1)
  })

  test('of another list altogether are an answer to another question', async () => {
    const host = yahooTable(() => yahooAnswer(entriesOf(['TSLA', 'META'])))
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    expect(codesOf(await ask(provider, ['AAPL', 'MSFT']))).toEqual(['BODY_UNEXPECTED', 'BODY_UNEXPECTED'])
  })
})

describe('requests', () => {
  test('for ten thousand symbols run four at once after the first, and every result is in its place', async () => {
    const symbols = Array.from({ length: 10_000 }, (_, index) => `S${index}`)
    const host = yahooTable(async (names, request) => {
      // Answers come in another order than that of the requests.
      for (let turn = 0; turn < (request * 7) % 5; turn++) await Promise.resolve()
      return yahooAnswer(names.map((symbol) => yahooEntry({ symbol, regularMarketPrice: Number(symbol.slice(1)) + 1 })))
    })
    const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
    const { results, calls } = await ask(provider, symbols)

    expect(results.map((result) => result.kind === 'quote' && result.quote.price)).toEqual(
      symbols.map((_, index) => String(index + 1)),
    )
    expect([host.mostAtOnce, host.asked.length, calls.length]).toEqual([4, 200, 202])
  })

  test.each([1, 2, 9])('of which %i may be under way at once are never more', async (concurrency) => {
    const host = yahooTable(async (names) => {
      await Promise.resolve()
      return yahooAnswer(entriesOf(names))
    })
    const clock = createManualClock()
    const provider = createYahooProvider({ clock, fetch: host.fetch, concurrency, batchSize: 1 })
    await ask(
      provider,
      Array.from({ length: 30 }, (_, index) => `S${index}`),
    )
    expect(host.mostAtOnce).toBe(concurrency)
  })

  test('keep their pace when several are under way at once', async () => {
    const clock = createManualClock()
    const sentAt: number[] = []
    const host = tableHost(([name]) => {
      sentAt.push(clock.now())
      return alphaVantageAnswer({ '01. symbol': name })
    })
    const provider = createAlphaVantageProvider({
      ...{ apiKey: 'k', clock, fetch: host.fetch, paceMs: 800, concurrency: 4, quota: { perMinute: 75 } },
    })
    const from = clock.now()
    const asking = ask(provider, ['A', 'B', 'C', 'D', 'E', 'F'])
    for (let step = 0; step < 6; step++) await clock.advance(800)
    expect((await asking).results.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'quote'))
    expect(sentAt.map((at) => at - from)).toEqual([0, 800, 1_600, 2_400, 3_200, 4_000])
  })

  test('after an outage: the first alone tests the circuit, and the others follow when it is answered', async () => {
    let isDown = true
    const host = yahooTable((names) => (isDown ? new Response('', { status: 500 }) : yahooAnswer(entriesOf(names))))
    const clock = createManualClock()
    const provider = createYahooProvider({ clock, fetch: host.fetch, batchSize: 1 })
    await ask(provider, ['A', 'B', 'C'])
    expect(provider.readLimits?.().circuit).toBe('open')
    isDown = false
    await clock.advance(30_000)
    const { results } = await ask(provider, ['A', 'B', 'C', 'D', 'E', 'F', 'G'])
    expect(results.map(({ kind }) => kind)).toEqual(Array.from({ length: 7 }, () => 'quote'))
  })

  test('that are told to wait name a whole millisecond, whatever the clock counts in', async () => {
    const manual = createManualClock()
    const clock = { ...manual, now: () => manual.now(), monotonic: () => manual.monotonic() / 3 + 0.123 }
    const host = tableHost((_, request) =>
      request === 0 ? new Response('', { status: 429 }) : alphaVantageAnswer(null),
    )
    const provider = createAlphaVantageProvider({
      apiKey: 'k',
      clock,
      fetch: host.fetch,
      paceMs: 0,
      quota: { perDay: 2 },
    })
    for (const symbol of ['A', 'B', 'C', 'D']) {
      await manual.advance(61_001 * (symbol === 'C' ? 10 : 1))
      const { results } = await ask(provider, [symbol])
      const [at] = results.flatMap((result) =>
        'retryAt' in result ? result.retryAt : 'askAgainAt' in result ? result.askAgainAt : [],
      )
      expect(Number.isSafeInteger(at)).toBe(true)
    }
  })
})

describe('mistakes of a provider’s own code', () => {
  const source = (change: Partial<QuoteSource>): QuoteSource => ({
    name: 'mine',
    batchSize: 1,
    apiKeyConfigured: null,
    nameOf: (symbol) => symbol,
    ask: async () => [],
    ...change,
  })
  const askWithErrors = async (made: QuoteSource) => {
    const errors: unknown[] = []
    const provider = createQuoteProvider(made, { clock: createManualClock() })
    const { signal } = new AbortController()
    const results = await provider.fetchQuotes(['A', 'B'], {
      signal,
      onCall() {},
      onBroken: (error) => errors.push(error),
    })
    return { results, errors }
  }

  test('surface as errors with their stack, and cost one request', async () => {
    const mistake = new TypeError('undefined is not a function')
    const { results, errors } = await askWithErrors(
      source({
        async ask([asked], { check }) {
          if (asked?.symbol === 'A') throw mistake
          const candidate = { price: '1', currency: 'USD', eventTime: 1_757_966_400_000, mayBeNegative: false }
          return [check({ ...candidate, symbol: 'B', eventTimePrecision: 'exact' }, 'B')]
        },
      }),
    )
    expect(results).toMatchObject([{ kind: 'failed', code: 'PROVIDER_BROKEN' }, { kind: 'quote' }])
    expect(errors).toEqual([mistake])
  })

  test('in a URL or a header are not a broken connection, and the error does not contain them', async () => {
    const mistakes = [
      { url: 'no url with a CANARY' },
      { url: 'https://prices.example/', init: { headers: { 'x-key': 'CANARY\n' + 'more' } } },
    ]
    for (const request of mistakes) {
      const { results, errors } = await askWithErrors(
        source({
          async ask(_, { send }) {
            await send(request)
            return []
          },
        }),
      )
      expect(results).toMatchObject([{ code: 'PROVIDER_BROKEN' }, { code: 'PROVIDER_BROKEN' }])
      expect(errors).toEqual([expect.any(TypeError), expect.any(TypeError)])
      expect(String(errors[0]) + JSON.stringify(errors[0])).not.toContain('CANARY')
    }
  })

  test('of results: one that is missing or about another symbol is broken', async () => {
    const { results } = await askWithErrors(
      source({
        batchSize: 2,
        ask: async () => [{ kind: 'failed', symbol: 'B', code: 'PROVIDER_ERROR' }],
      }),
    )
    expect(results).toMatchObject([{ code: 'PROVIDER_BROKEN' }, { code: 'PROVIDER_BROKEN' }])
  })

  test('in a sign-in surface too, not as a failed handshake', async () => {
    const errors: unknown[] = []
    const clock = createManualClock()
    const host = yahooTable((names) => yahooAnswer(entriesOf(names)))
    const provider = createYahooProvider({
      clock,
      async fetch(input, init) {
        const answer = await host.fetch(input, init)
        // An answer that has no headers is not one that `fetch` gives.
        return init?.headers instanceof Headers && init.headers.has('referer')
          ? ({ status: 200, headers: undefined, body: null } as unknown as Response)
          : answer
      },
    })
    const { signal } = new AbortController()
    const onBroken = (error: unknown) => errors.push(error)
    const results = await provider.fetchQuotes(['AAPL'], { signal, onCall() {}, onBroken })
    expect(results).toMatchObject([{ code: 'PROVIDER_BROKEN' }])
    expect(errors).toEqual([expect.objectContaining({ name: 'TypeError', stack: expect.stringContaining('.ts') })])
  })

  test.each([{ name: '' }, { name: 'Mine!' }, { batchSize: 0 }, { batchSize: 501 }])('%o is refused', (change) => {
    expect(() => createQuoteProvider(source(change))).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
  })
})

test('one odd quote in a list loses only itself, whatever it is', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom('symbol', 'regularMarketPrice', 'currency'), fc.jsonValue()),
  )
  await fc.assert(
    fc.asyncProperty(odd, fc.nat(3), async (entry, place) => {
      const symbols = ['AAPL', 'MSFT', 'TSLA']
      const host = yahooTable(() =>
        yahooAnswer(entriesOf(symbols).toSpliced(place, 0, { symbol: 'ODD', ...Object(entry) })),
      )
      const provider = createYahooProvider({ clock: createManualClock(), fetch: host.fetch })
      const { results } = await ask(provider, [...symbols, 'ODD'])
      expect(results.map(({ kind }) => kind === 'quote')).toEqual([true, true, true, false])
    }),
    { numRuns: 200 },
  )
})
