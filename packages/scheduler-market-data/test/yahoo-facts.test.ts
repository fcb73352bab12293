import { createManualClock } from '@pm/scheduler-testing'
import { describe, expect, test } from 'vitest'

import { createYahooProvider } from '../src/index.ts'
import { ask } from './ask.ts'
import { yahooAnswer, yahooTable } from './table-host.ts'
import { yahooEntry } from './yahoo-host.ts'

/** 2025-09-16T02:00:00Z, the start of a manual clock, and the last regular price of the day before. */
const NOW = Date.UTC(2025, 8, 16, 2)
const REGULAR_S = 1_757_966_400

async function resultOf(fields: Record<string, unknown> | string) {
  const body = typeof fields === 'string' ? new Response(fields) : yahooAnswer([yahooEntry(fields)])
  const symbol = typeof fields === 'string' || fields['symbol'] === undefined ? 'AAPL' : String(fields['symbol'])
  const provider = createYahooProvider({ clock: createManualClock(), fetch: yahooTable(() => body).fetch })
  const { results } = await ask(provider, [symbol])
  return results[0]
}

describe('of an instrument Yahoo says', () => {
  test('its type, exchange, zone, state and delay', async () => {
    const london = {
      ...{ exchange: 'LSE', fullExchangeName: 'London', exchangeTimezoneName: 'Europe/London' },
      ...{ marketState: 'REGULAR', exchangeDataDelayedBy: 15, currency: 'GBp', regularMarketVolume: 48_160_000 },
    }
    expect(await resultOf(london)).toMatchObject({
      quote: {
        currency: 'GBp',
        volume: '48160000',
        instrument: {
          type: 'equity',
          exchange: 'LSE',
          timezone: 'Europe/London',
          marketState: 'open',
          delayMs: 900_000,
        },
      },
    })
  })

  test('nothing when it says nothing, or nonsense', async () => {
    const nothing = { type: null, exchange: null, timezone: null, marketState: null, delayMs: null }
    expect(await resultOf({ quoteType: undefined })).toMatchObject({ quote: { instrument: nothing } })
    const nonsense = {
      ...{ quoteType: 7, exchange: { code: 'LSE' }, exchangeTimezoneName: 'not a zone', marketState: 'toString' },
      ...{ exchangeDataDelayedBy: 'none', regularMarketVolume: -5 },
    }
    expect(await resultOf(nonsense)).toMatchObject({ quote: { volume: null, instrument: nothing } })
  })

  test.each([
    ['Europe/London', 'Europe/London'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Europe/Lundon', null],
    ['America/New_York_2', null],
    ['BST', null],
    ['Mars', null],
    ['+05:30', null],
    [`Europe/${'London'.repeat(20)}`, null],
  ])('the zone %s only where there is one', async (exchangeTimezoneName, timezone) => {
    const result = await resultOf({ exchange: 'LSE', exchangeTimezoneName })
    expect(result).toMatchObject({ kind: 'quote', quote: { instrument: { exchange: 'LSE', timezone } } })
  })

  const TYPES: [string, string, string][] = [
    ['AAPL', 'EQUITY', 'equity'],
    ['SPY', 'ETF', 'etf'],
    ['^FTSE', 'INDEX', 'index'],
    ['VFIAX', 'MUTUALFUND', 'fund'],
    ['EURUSD=X', 'CURRENCY', 'currency'],
    ['BTC-USD', 'CRYPTOCURRENCY', 'crypto'],
    ['CL=F', 'FUTURE', 'future'],
    ['ZNC=F', 'ALTSYMBOL', 'future'],
    ['AAPL251219C00200000', 'OPTION', 'option'],
    ['AAPL', 'SOMETHING_NEW', 'other'],
  ]
  test.each(TYPES)('of %s, which is its %s, that it is of the type %s', async (symbol, quoteType, type) => {
    expect(await resultOf({ symbol, quoteType })).toMatchObject({ quote: { instrument: { type } } })
  })

  const STATES: [string, string][] = [
    ['PREPRE', 'closed'],
    ['PRE', 'pre'],
    ['REGULAR', 'open'],
    ['POST', 'post'],
    ['POSTPOST', 'closed'],
    ['CLOSED', 'closed'],
  ]
  test.each(STATES)('the state %s, which is %s', async (marketState, state) => {
    expect(await resultOf({ marketState })).toMatchObject({ quote: { instrument: { marketState: state } } })
  })
})

describe('a price outside the session', () => {
  const post = { postMarketPrice: 190.25, postMarketTime: REGULAR_S + 3_600 }

  test('is kept, with its session and time', async () => {
    expect(await resultOf(post)).toMatchObject({
      quote: { price: '189.5', extended: { session: 'post', price: '190.25', eventTime: (REGULAR_S + 3_600) * 1000 } },
    })
    const pre = { preMarketPrice: 191, preMarketTime: REGULAR_S + 7_200 }
    expect(await resultOf({ ...post, ...pre })).toMatchObject({ quote: { extended: { session: 'pre', price: '191' } } })
  })

  const LEFT_OUT: [string, object][] = [
    ['is older than the price of the session', { postMarketTime: REGULAR_S }],
    ['has no time', { postMarketTime: null }],
    ['has a time in words', { postMarketTime: String(REGULAR_S + 3_600) }],
    ['is in the future', { postMarketTime: NOW / 1000 + 3_600 }],
    ['has no price', { postMarketPrice: null }],
    ['is zero', { postMarketPrice: 0 }],
    ['is below zero', { postMarketPrice: -1 }],
    ['is text', { postMarketPrice: '190.25' }],
  ]
  test.each(LEFT_OUT)('that %s is left out, and the quote stays valid', async (_what, fields) => {
    expect(await resultOf({ ...post, ...fields })).toMatchObject({ kind: 'quote', quote: { extended: null } })
  })
})

describe('the time of a price', () => {
  test.each([20, 0])('of a fund is conventional, as Yahoo writes %i:00Z', async (hour) => {
    const regularMarketTime = Date.UTC(2025, 8, hour === 0 ? 16 : 15, hour) / 1000
    expect(await resultOf({ symbol: 'VFIAX', quoteType: 'MUTUALFUND', regularMarketTime })).toMatchObject({
      quote: { eventTimePrecision: 'conventional', eventTime: regularMarketTime * 1000 },
    })
  })

  test('of a share is exact', async () => {
    expect(await resultOf({})).toMatchObject({ quote: { eventTimePrecision: 'exact' } })
  })
})

describe('a delisted instrument is told as such', () => {
  const FORMS: [string, Record<string, unknown>][] = [
    ['by the type NONE', { quoteType: 'NONE' }],
    ['by a fund without a price', { quoteType: 'MUTUALFUND', regularMarketPrice: undefined }],
    ['by a fund with the price null', { quoteType: 'MUTUALFUND', regularMarketPrice: null }],
    ['by a last price of half a year ago', { regularMarketTime: NOW / 1000 - 181 * 86_400 }],
  ]
  test.each(FORMS)('%s', async (_form, fields) => {
    expect(await resultOf(fields)).toEqual({
      kind: 'unknown-symbol',
      symbol: 'AAPL',
      code: 'DELISTED',
      askAgainAt: NOW + 3_600_000,
    })
  })

  test('a share without a price is not', async () => {
    expect(await resultOf({ regularMarketPrice: null })).toMatchObject({ code: 'PRICE_MISSING' })
  })
})

describe('the digits of an answer', () => {
  const body = (price: string, volume: string) =>
    `{"quoteResponse":{"result":[{"symbol":"AAPL","currency":"USD","regularMarketTime":${REGULAR_S},` +
    `"regularMarketPrice":${price},"regularMarketPreviousClose" : ${price},"regularMarketVolume":${volume}}],"error":null}}`

  test('are all kept', async () => {
    expect(await resultOf(body('123456789.123456789', '9007199254740993'))).toMatchObject({
      quote: { price: '123456789.123456789', previousClose: '123456789.123456789', volume: '9007199254740993' },
    })
  })

  const PRICES: [string, string][] = [
    ['1e-7', '0.0000001'],
    ['95.0600', '95.06'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['95.05999755859375', '95.05999755859375'],
    ['1.0E2', '100'],
  ]
  test.each(PRICES)('of %s are the price %s', async (sent, price) => {
    expect(await resultOf(body(sent, '1'))).toMatchObject({ quote: { price } })
  })

  const REFUSED = ['1e999', '-1e999', '"189.5"', 'true', 'null', '[189.5]', '{"raw":189.5}', '{"source":"189.5"}', '""']
  test.each(REFUSED)('of %s are no price', async (sent) => {
    expect(await resultOf(body(sent, '1'))).toMatchObject({ kind: 'invalid' })
  })
})

test('a price below zero is one of a future only, whatever Yahoo calls its type', async () => {
  for (const quoteType of ['FUTURE', 'ALTSYMBOL', undefined]) {
    const price = await resultOf({ symbol: 'ZNC=F', quoteType, regularMarketPrice: -37.63 })
    expect(price).toMatchObject({ quote: { price: '-37.63' } })
  }
  for (const quoteType of ['EQUITY', 'INDEX', 'ETF', 'MUTUALFUND', 'CRYPTOCURRENCY', undefined]) {
    expect(await resultOf({ quoteType, regularMarketPrice: -1 })).toMatchObject({ code: 'PRICE_NEGATIVE' })
  }
})

test('a name in signs that nobody can read is left out', async () => {
  expect(await resultOf({ longName: 'Soci\uFFFDt\uFFFD', shortName: 'SOC GEN' })).toMatchObject({
    quote: { name: 'SOC GEN' },
  })
})
