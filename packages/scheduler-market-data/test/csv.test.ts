import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, test } from 'vitest'

import { type CsvQuoteOptions, createCsvQuoteProvider, exchangeCalendar } from '../src/index.ts'
import { ask } from './ask.ts'
import { createStooqLike, HEAD } from './stooq.ts'

/** A server that always answers with this table, and the addresses that it was asked at. */
function table(...lines: string[]) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    asked.push(String(input))
    return new Response(lines.map((line) => `${line}\r\n`).join(''), { headers: { 'content-type': 'text/csv' } })
  }
  return { asked, options: { fetch, clock: createManualClock() } }
}

/** An answer in the form in which Stooq sends one: times of Warsaw, and N/D for what it does not know. */
const RECORDED = [
  HEAD,
  'AAPL.US,2025-09-15,22:00:20,237,238.19,235.03,236.7,42699524,APPLE',
  'MBG.DE,2025-09-15,17:35:10,52.1,52.9,51.98,52.64,2481200,MERCEDES-BENZ GROUP',
  'CDR,2025-09-15,17:04:59,268.4,271,266.2,269.5,214880,CDPROJEKT',
  'CL.F,2025-09-15,23:00:00,62.7,63.5,62.2,-37.63,,CRUDE OIL WTI',
  'NOPE.US,N/D,N/D,N/D,N/D,N/D,N/D,N/D,NOPE.US',
]

describe('a table of quotes', () => {
  test('is asked for once for a list, and gives each symbol its quote in the time of its zone', async () => {
    const { asked, options } = table(...RECORDED)
    const { results, calls } = await ask(createStooqLike(options), ['AAPL', 'MBG.DE', 'CDR.WA', 'CL=F', 'NOPE'])

    expect(asked).toEqual(['https://stooq.example/q/l/?s=AAPL.US+MBG.DE+CDR+CL.F+NOPE.US&f=sd2t2ohlcvn&h&e=csv'])
    expect(calls).toMatchObject([{ provider: 'stooq_like', outcome: 'succeeded', answered: true }])
    expect(results).toMatchObject([
      {
        quote: {
          ...{ symbol: 'AAPL', price: '236.7', currency: 'USD', volume: '42699524', name: 'APPLE' },
          ...{ eventTime: Date.UTC(2025, 8, 15, 20, 0, 20), eventTimePrecision: 'exact', provider: 'stooq_like' },
        },
      },
      { quote: { symbol: 'MBG.DE', price: '52.64', currency: 'EUR', eventTime: Date.UTC(2025, 8, 15, 15, 35, 10) } },
      { quote: { symbol: 'CDR.WA', price: '269.5', currency: 'PLN' } },
      { quote: { symbol: 'CL=F', price: '-37.63', volume: null, instrument: { type: 'future' } } },
      { kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL' },
    ])
  })

  test('has neither indices nor crypto, nor prices of a currency that nobody knows', async () => {
    const { asked, options } = table(...RECORDED)
    const provider = createStooqLike(options)
    expect((await ask(provider, ['^FTSE', 'BTC-USD', 'VOD.L'])).results).toMatchObject([
      { code: 'NOT_OFFERED' },
      { code: 'NOT_OFFERED' },
      { code: 'CURRENCY_MISSING' },
    ])
    expect([asked, provider.canQuote?.('^FTSE'), provider.canQuote?.('AAPL')]).toEqual([[], false, true])
  })

  const ODD: [string, string, string][] = [
    ['a date that does not exist', 'AAPL.US,2025-02-31,22:00:00,1,1,1,189.5,1,X', 'EVENT_TIME_MALFORMED'],
    ['a date in words', 'AAPL.US,yesterday,22:00:00,1,1,1,189.5,1,X', 'EVENT_TIME_MALFORMED'],
    ['no date', 'AAPL.US,N/D,22:00:00,1,1,1,189.5,1,X', 'EVENT_TIME_MISSING'],
    ['no time', 'AAPL.US,2025-09-15,N/D,1,1,1,189.5,1,X', 'EVENT_TIME_MISSING'],
    ['a time that does not exist', 'AAPL.US,2025-09-15,25:00:00,1,1,1,189.5,1,X', 'EVENT_TIME_MALFORMED'],
    ['no price', 'AAPL.US,2025-09-15,22:00:00,1,1,1,N/D,1,X', 'PRICE_MISSING'],
    ['a price with a comma', 'AAPL.US,2025-09-15,22:00:00,1,1,1,"1,189.5",1,X', 'PRICE_NOT_NUMERIC'],
    ['a share below zero', 'AAPL.US,2025-09-15,22:00:00,1,1,1,-1,1,X', 'PRICE_NEGATIVE'],
    ['a field too few', 'AAPL.US,2025-09-15,22:00:00,1,1,189.5,1,X', 'UNKNOWN_SYMBOL'],
  ]
  test.each(ODD)('with %s loses that symbol alone', async (_what, line, code) => {
    const { options } = table(HEAD, line, 'MSFT.US,2025-09-15,22:00:00,1,1,1,410.25,1,MICROSOFT')
    expect((await ask(createStooqLike(options), ['AAPL', 'MSFT'])).results).toMatchObject([
      { code },
      { kind: 'quote', quote: { price: '410.25' } },
    ])
  })

  test('is none: a sentence about a limit of the day, and anything else', async () => {
    const limited = createStooqLike(table('Exceeded the daily hits limit').options)
    expect((await ask(limited, ['AAPL'])).results).toMatchObject([{ code: 'DAILY_LIMIT_REACHED' }])
    expect(limited.readLimits?.().quotaRemaining).toBe(0)
    const twice = `${HEAD.replace('Open', 'Close')}\nAAPL.US,2025-09-15,22:00:00,1,1,1,189.5,1,X`
    for (const text of ['<html>limit</html>'.padEnd(600), 'Symbol,Close', 'No data', twice]) {
      const { results } = await ask(createStooqLike(table(text).options), ['AAPL'])
      expect(results).toMatchObject([{ kind: 'failed', code: 'BODY_UNEXPECTED' }])
    }
  })

  test('that breaks off in a line loses the symbols after the cut, which are asked for again', async () => {
    const whole = [...RECORDED, 'MSFT.US,2025-09-15,22:00:00,1,1,1,410.25,1,MICROSOFT'].join('\r\n')
    const symbols = ['AAPL', 'NOPE', 'MBG.DE', 'MSFT']
    const told = async (length: number) => {
      let text = whole.slice(0, length)
      const options = { clock: createManualClock(), fetch: async () => new Response(text) }
      const provider = createStooqLike(options)
      const codes = async () =>
        (await ask(provider, symbols)).results.map((result) => ('code' in result ? result.code : result.quote.price))
      const first = await codes()
      text = `${whole}\r\n`
      return [first, await codes()]
    }
    const all = ['236.7', 'UNKNOWN_SYMBOL', '52.64', '410.25']
    const CUT = 'BODY_UNEXPECTED'
    const at = (text: string) => whole.indexOf(text)
    expect(await told(at('.64,2481200'))).toEqual([['236.7', CUT, CUT, CUT], all])
    expect(await told(at('.DE,2025'))).toEqual([['236.7', CUT, CUT, CUT], all])
    expect(await told(at('410.25,1') + 2)).toEqual([['236.7', 'UNKNOWN_SYMBOL', '52.64', CUT], all])
    expect(await told(at('AAPL.US') + 3)).toEqual([[CUT, CUT, CUT, CUT], all])
    expect(await told(whole.length)).toEqual([all, all])
  })

  test('without the end of its last line has no symbol that it leaves out', async () => {
    const clock = createManualClock()
    const fetch = async () => new Response(`${HEAD}\nAAPL.US,2025-09-15,22:00:00,1,1,1,189.5,1,X`)
    const { results } = await ask(createStooqLike({ clock, fetch }), ['AAPL', 'NOPE'])
    expect(results).toMatchObject([{ quote: { price: '189.5' } }, { kind: 'unknown-symbol', code: 'UNKNOWN_SYMBOL' }])
  })

  test('with a very long field is read', async () => {
    const long = '"'.padEnd(1_500_000, 'x')
    const { options } = table(HEAD, `AAPL.US,2025-09-15,22:00:00,1,1,1,189.5,1,${long}"`)
    expect((await ask(createStooqLike(options), ['AAPL'])).results).toMatchObject([{ quote: { price: '189.5' } }])
  })
})

describe('a table of closing prices', () => {
  const closing = (change: Partial<CsvQuoteOptions>, ...lines: string[]) =>
    createCsvQuoteProvider({
      ...{ name: 'own_prices', timezone: 'UTC', separator: ';', urlOf: () => 'https://prices.example/' },
      columns: { symbol: 'ISIN', price: 'Kurs', date: 'Tag', currency: 'Whg' },
      listingOf: (symbol) => ({ name: symbol, currency: null, calendar: exchangeCalendar('XNYS') }),
      ...table(...lines).options,
      ...{ clock: createManualClock({ startAt: Date.UTC(2025, 10, 29, 12) }) },
      ...change,
    })

  test('has the close of its calendar, and the currency that it names', async () => {
    const provider = closing({}, 'ISIN;Kurs;Tag;Whg', 'US0378331005;271.49;20251128;USD')
    expect((await ask(provider, ['US0378331005'])).results).toMatchObject([
      { quote: { price: '271.49', currency: 'USD', eventTime: Date.UTC(2025, 10, 28, 18), eventTimePrecision: 'day' } },
    ])
  })

  test('whose currency broke off does not have that of the listing', async () => {
    const listingOf = (symbol: string) => ({ name: symbol, currency: 'GBP' })
    const fetch = async () => new Response('ISIN;Kurs;Tag;Whg\nA;95.06;20251128;\nB;95.06;20251128;GB')
    expect((await ask(closing({ listingOf, fetch }), ['A', 'B'])).results).toMatchObject([
      { quote: { currency: 'GBP' } },
      { code: 'CURRENCY_MISSING' },
    ])
  })

  test('without a key asks nobody', async () => {
    const provider = closing({ apiKeyConfigured: false })
    expect(provider).toMatchObject({ enabled: false, apiKeyConfigured: false })
    expect((await ask(provider, ['X'])).results).toMatchObject([{ code: 'PROVIDER_DISABLED' }])
  })

  test.each([
    [{ name: 'No Name' }, 'name'],
    [{ timezone: 'Mars/Base' }, 'timezone'],
    [{ separator: '::' as ';' }, 'separator'],
    [{ batchSize: 0 }, 'batchSize'],
  ])('%o is refused with its path', (change, path) => {
    expect(() => closing(change)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
    )
  })
})
