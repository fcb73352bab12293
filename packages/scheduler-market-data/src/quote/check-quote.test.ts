import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { checkQuote, isSymbol, type QuoteCandidate } from './check-quote.ts'

const NOW = Date.UTC(2025, 8, 16, 2)
const CONTEXT = { symbol: 'AAPL', provider: 'test', now: NOW, futureToleranceMs: 60_000 }
const GOOD: QuoteCandidate = {
  symbol: 'AAPL',
  price: '189.50',
  currency: 'USD',
  eventTime: NOW - 3_600_000,
  eventTimePrecision: 'exact',
  name: 'Apple Inc.',
  previousClose: '188.10',
  volume: '9007199254740993',
  instrument: {
    type: 'equity',
    exchange: 'NMS',
    timezone: 'America/New_York',
    marketState: 'post',
    delayMs: 0,
  },
  extended: { session: 'post', price: '190.25', eventTime: NOW - 60_000 },
  mayBeNegative: false,
}

describe('a quote', () => {
  test('is accepted with every digit, and with the time of the price, not of the fetch', () => {
    expect(checkQuote(GOOD, CONTEXT)).toEqual({
      kind: 'quote',
      symbol: 'AAPL',
      quote: {
        symbol: 'AAPL',
        price: '189.5',
        currency: 'USD',
        eventTime: NOW - 3_600_000,
        eventTimePrecision: 'exact',
        fetchedAt: NOW,
        provider: 'test',
        name: 'Apple Inc.',
        previousClose: '188.1',
        volume: '9007199254740993',
        instrument: {
          type: 'equity',
          exchange: 'NMS',
          timezone: 'America/New_York',
          marketState: 'post',
          delayMs: 0,
        },
        extended: { session: 'post', price: '190.25', eventTime: NOW - 60_000 },
      },
    })
  })

  const REFUSED: [Partial<QuoteCandidate>, string][] = [
    [{ price: undefined }, 'PRICE_MISSING'],
    [{ price: null }, 'PRICE_MISSING'],
    [{ price: '' }, 'PRICE_MISSING'],
    [{ price: '12 apples' }, 'PRICE_NOT_NUMERIC'],
    [{ price: '1,189.50' }, 'PRICE_NOT_NUMERIC'],
    [{ price: ' 189.5' }, 'PRICE_NOT_NUMERIC'],
    [{ price: '0x10' }, 'PRICE_NOT_NUMERIC'],
    [{ price: '.' }, 'PRICE_NOT_NUMERIC'],
    [{ price: true }, 'PRICE_NOT_NUMERIC'],
    [{ price: { raw: 189.5, fmt: '189.50' } }, 'PRICE_NOT_NUMERIC'],
    [{ price: 189n }, 'PRICE_NOT_NUMERIC'],
    [{ price: Number.NaN }, 'PRICE_NOT_FINITE'],
    [{ price: Number.POSITIVE_INFINITY }, 'PRICE_NOT_FINITE'],
    [{ price: 0 }, 'PRICE_ZERO'],
    [{ price: -0 }, 'PRICE_ZERO'],
    [{ price: '0.0000' }, 'PRICE_ZERO'],
    [{ price: '-0e5' }, 'PRICE_ZERO'],
    [{ price: 'NaN' }, 'PRICE_NOT_FINITE'],
    [{ price: '-Infinity' }, 'PRICE_NOT_FINITE'],
    [{ price: -37.63 }, 'PRICE_NEGATIVE'],
    [{ price: '-37.63' }, 'PRICE_NEGATIVE'],
    [{ price: 1e300 }, 'PRICE_OUT_OF_RANGE'],
    [{ price: '1e15' }, 'PRICE_OUT_OF_RANGE'],
    [{ price: '1e-31' }, 'PRICE_OUT_OF_RANGE'],
    [{ price: '1e999999999' }, 'PRICE_OUT_OF_RANGE'],
    [{ price: '1e-999999999' }, 'PRICE_OUT_OF_RANGE'],
    [{ currency: undefined }, 'CURRENCY_MISSING'],
    [{ currency: '' }, 'CURRENCY_MISSING'],
    [{ currency: 'US Dollars' }, 'CURRENCY_MALFORMED'],
    [{ currency: 840 }, 'CURRENCY_MALFORMED'],
    [{ eventTime: undefined }, 'EVENT_TIME_MISSING'],
    [{ eventTime: '2025-09-16' }, 'EVENT_TIME_MALFORMED'],
    [{ eventTime: Number.NaN }, 'EVENT_TIME_MALFORMED'],
    [{ eventTime: 0 }, 'EVENT_TIME_MALFORMED'],
    [{ eventTime: -1 }, 'EVENT_TIME_MALFORMED'],
    [{ eventTime: 1e17 }, 'EVENT_TIME_MALFORMED'],
    [{ eventTime: NOW + 60_001 }, 'EVENT_TIME_IN_FUTURE'],
    [{ eventTime: NOW * 1_000 }, 'EVENT_TIME_IN_FUTURE'],
    [{ symbol: 'MSFT' }, 'SYMBOL_MISMATCH'],
    [{ symbol: null }, 'SYMBOL_MISMATCH'],
  ]
  test.each(REFUSED)('with %o is refused as %s', (fields, code) => {
    expect(checkQuote({ ...GOOD, ...fields }, CONTEXT)).toEqual({ kind: 'invalid', symbol: 'AAPL', code })
  })

  test('of an hour or of ten years ago is accepted, with its own time', () => {
    const eventTime = Date.UTC(2015, 4, 11, 20)
    expect(checkQuote({ ...GOOD, eventTime }, CONTEXT)).toMatchObject({ kind: 'quote', quote: { eventTime } })
  })

  test('from a clock that is a little ahead of ours is accepted', () => {
    expect(checkQuote({ ...GOOD, eventTime: NOW + 60_000 }, CONTEXT).kind).toBe('quote')
  })

  test('of a future may be below zero, as WTI was on 20 April 2020', () => {
    const checked = checkQuote({ ...GOOD, price: '-37.63', mayBeNegative: true }, CONTEXT)
    expect(checked).toMatchObject({ kind: 'quote', quote: { price: '-37.63' } })
  })

  test('may have a symbol in capitals when it was asked for in lower case', () => {
    expect(checkQuote(GOOD, { ...CONTEXT, symbol: 'aapl' })).toMatchObject({ kind: 'quote', quote: { symbol: 'aapl' } })
  })

  const NOTATIONS: [unknown, string][] = [
    ['1e-7', '0.0000001'],
    [1e-7, '0.0000001'],
    ['1.5E+3', '1500'],
    ['0095.0600', '95.06'],
    ['123456789.123456789', '123456789.123456789'],
    ['1.2345678901234567e-7', '0.00000012345678901234567'],
    [0.1 + 0.2, '0.30000000000000004'],
    ['999999999999999.000000000000000000000000000001', '999999999999999.000000000000000000000000000001'],
  ]
  test.each(NOTATIONS)('of %o is %s in plain notation', (price, plain) => {
    expect(checkQuote({ ...GOOD, price }, CONTEXT)).toMatchObject({ kind: 'quote', quote: { price: plain } })
  })

  const VOLUMES: [unknown, string | null][] = [
    ['9007199254740993', '9007199254740993'],
    [48_160_000, '48160000'],
    [1e21, '1000000000000000000000'],
    ['0', '0'],
    ['1e3', '1000'],
    ['12.5', null],
    ['-1', null],
    ['9'.repeat(31), null],
    ['many', null],
    [undefined, null],
  ]
  test.each(VOLUMES)('with a volume of %o has %o', (volume, expected) => {
    expect(checkQuote({ ...GOOD, volume }, CONTEXT)).toMatchObject({ kind: 'quote', quote: { volume: expected } })
  })

  test('loses single facts of its instrument, not all of them', () => {
    const instrument = { type: 'EQUITY', exchange: 'LSE', timezone: 'Not a zone', marketState: 'open', delayMs: -1 }
    const checked = checkQuote({ ...GOOD, instrument }, CONTEXT)
    const facts = { type: null, exchange: 'LSE', timezone: null, marketState: 'open', delayMs: null }
    expect(checked).toMatchObject({ kind: 'quote', quote: { instrument: facts } })
  })

  const EXTENDED = { session: 'pre', price: '0.25', eventTime: NOW }
  const NO_EXTENDED = [
    { ...EXTENDED, session: 'night' },
    { ...EXTENDED, price: '0' },
    { ...EXTENDED, price: '-1' },
    { ...EXTENDED, eventTime: NOW + 60_001 },
    { ...EXTENDED, eventTime: '2025-09-16' },
  ]
  test.each(NO_EXTENDED)('leaves out %o as an extended price', (extended) => {
    expect(checkQuote({ ...GOOD, extended: EXTENDED }, CONTEXT)).toMatchObject({ quote: { extended: EXTENDED } })
    expect(checkQuote({ ...GOOD, extended }, CONTEXT)).toMatchObject({ kind: 'quote', quote: { extended: null } })
  })

  test.each(['Soci\uFFFDt\uFFFD', 'APPLE\u001fINC', 'APPLE\tINC'])('leaves out %j as a name', (name) => {
    expect(checkQuote({ ...GOOD, name }, CONTEXT)).toMatchObject({ kind: 'quote', quote: { name: null } })
  })

  const SPOILT = [undefined, null, true, '', '  ', Number.NaN, {}, []]
  test.each(SPOILT)('with %o for its extras loses only the extras', (value) => {
    const spoilt = { name: value, previousClose: value, volume: value, instrument: value, extended: value }
    const checked = checkQuote({ ...GOOD, ...spoilt }, CONTEXT)
    const instrument = { type: null, exchange: null, timezone: null, marketState: null, delayMs: null }
    const extras = { name: null, previousClose: null, volume: null, instrument, extended: null }
    expect(checked).toMatchObject({ kind: 'quote', quote: extras })
  })

  test('for any input the result is a quote with a price in plain notation, or a code', () => {
    const candidate = fc.record({
      symbol: fc.oneof(fc.constant('AAPL'), fc.anything()),
      price: fc.oneof(fc.double(), fc.double().map(String), fc.anything()),
      currency: fc.oneof(fc.constant('USD'), fc.anything()),
      eventTime: fc.oneof(fc.integer(), fc.anything()),
      eventTimePrecision: fc.constant('exact' as const),
      name: fc.anything(),
      previousClose: fc.anything(),
      volume: fc.anything(),
      instrument: fc.anything(),
      extended: fc.anything(),
      mayBeNegative: fc.boolean(),
    })
    fc.assert(
      fc.property(candidate, (candidate) => {
        const result = checkQuote(candidate, CONTEXT)
        expect(['quote', 'invalid']).toContain(result.kind)
        if (result.kind !== 'quote') return
        expect(result.quote.price).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
        expect(Number(result.quote.price)).toBe(Number(candidate.price))
        expect(JSON.parse(JSON.stringify(result.quote))).toEqual(result.quote)
      }),
      { numRuns: 2_000 },
    )
  })

  test('of any digits and exponent is the same number in whole numbers', () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 14n })
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 30 }), fc.nat(6), (units, places, zeros) => {
        const price = `${units}${'0'.repeat(zeros)}e-${places + zeros}`
        const checked = checkQuote({ ...GOOD, price }, CONTEXT)
        expect(checked.kind === 'quote' && inUnits(checked.quote.price, 30)).toBe(units * 10n ** BigInt(30 - places))
      }),
    )
  })
})

/** A plain decimal as a whole number of units of this many places. */
function inUnits(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}

test('a symbol is short and printable, and contains no separator of a request', () => {
  for (const symbol of ['AAPL', '^VIX', 'CL=F', 'BRK-B', 'M&M.NS', '0700.HK', 'EURUSD=X'])
    expect(isSymbol(symbol)).toBe(true)
  const malformed = ['', ' ', 'AAPL,MSFT', 'AA PL', 'A\n', 'Ä', 'x'.repeat(33), null, 7, ['AAPL']]
  for (const symbol of malformed) expect(isSymbol(symbol)).toBe(false)
})
