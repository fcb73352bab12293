import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { checkQuote, isSymbol, type QuoteCandidate } from './check-quote.ts'

const NOW = Date.UTC(2025, 8, 16, 2)
const CONTEXT = { symbol: 'AAPL', provider: 'test', now: NOW, futureToleranceMs: 60_000 }
const GOOD: QuoteCandidate = {
  symbol: 'AAPL',
  price: 189.5,
  currency: 'USD',
  eventTime: NOW - 3_600_000,
  eventTimePrecision: 'exact',
  name: 'Apple Inc.',
  previousClose: 188.1,
  mayBeNegative: false,
}

describe('a quote', () => {
  test('is accepted unchanged, with the time of the price, not of the fetch', () => {
    expect(checkQuote(GOOD, CONTEXT)).toEqual({
      kind: 'quote',
      symbol: 'AAPL',
      quote: {
        symbol: 'AAPL',
        price: 189.5,
        currency: 'USD',
        eventTime: NOW - 3_600_000,
        eventTimePrecision: 'exact',
        fetchedAt: NOW,
        provider: 'test',
        name: 'Apple Inc.',
        previousClose: 188.1,
      },
    })
  })

  const REFUSED: [Partial<QuoteCandidate>, string][] = [
    [{ price: undefined }, 'PRICE_MISSING'],
    [{ price: null }, 'PRICE_MISSING'],
    [{ price: '' }, 'PRICE_MISSING'],
    [{ price: '189.5' }, 'PRICE_NOT_NUMERIC'],
    [{ price: '12 apples' }, 'PRICE_NOT_NUMERIC'],
    [{ price: true }, 'PRICE_NOT_NUMERIC'],
    [{ price: { raw: 189.5, fmt: '189.50' } }, 'PRICE_NOT_NUMERIC'],
    [{ price: 189n }, 'PRICE_NOT_NUMERIC'],
    [{ price: Number.NaN }, 'PRICE_NOT_FINITE'],
    [{ price: Number.POSITIVE_INFINITY }, 'PRICE_NOT_FINITE'],
    [{ price: 0 }, 'PRICE_ZERO'],
    [{ price: -0 }, 'PRICE_ZERO'],
    [{ price: -37.63 }, 'PRICE_NEGATIVE'],
    [{ price: 1e300 }, 'PRICE_OUT_OF_RANGE'],
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
    const checked = checkQuote({ ...GOOD, price: -37.63, mayBeNegative: true }, CONTEXT)
    expect(checked).toMatchObject({ kind: 'quote', quote: { price: -37.63 } })
  })

  test('may have a symbol in capitals when it was asked for in lower case', () => {
    expect(checkQuote(GOOD, { ...CONTEXT, symbol: 'aapl' })).toMatchObject({ kind: 'quote', quote: { symbol: 'aapl' } })
  })

  const SPOILT = [undefined, null, 7, '', '  ', Number.NaN, 0, {}]
  test.each(SPOILT)('with %o for its extras loses only the extras', (value) => {
    const checked = checkQuote({ ...GOOD, name: value, previousClose: value === 7 ? '7' : value }, CONTEXT)
    expect(checked).toMatchObject({ kind: 'quote', quote: { name: null, previousClose: null } })
  })

  test('for any input the result is a quote with a finite price that was a number, or a code', () => {
    const candidate = fc.record({
      symbol: fc.oneof(fc.constant('AAPL'), fc.anything()),
      price: fc.oneof(fc.double(), fc.anything()),
      currency: fc.oneof(fc.constant('USD'), fc.anything()),
      eventTime: fc.oneof(fc.integer(), fc.anything()),
      eventTimePrecision: fc.constant('exact' as const),
      name: fc.anything(),
      previousClose: fc.anything(),
      mayBeNegative: fc.boolean(),
    })
    fc.assert(
      fc.property(candidate, (candidate) => {
        const result = checkQuote(candidate, CONTEXT)
        expect(['quote', 'invalid']).toContain(result.kind)
        if (result.kind !== 'quote') return
        expect(Number.isFinite(result.quote.price)).toBe(true)
        expect(result.quote.price).toBe(candidate.price)
        expect(JSON.parse(JSON.stringify(result.quote))).toEqual(result.quote)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a symbol is short and printable, and contains no separator of a request', () => {
  for (const symbol of ['AAPL', '^VIX', 'CL=F', 'BRK-B', 'M&M.NS', '0700.HK', 'EURUSD=X'])
    expect(isSymbol(symbol)).toBe(true)
  const malformed = ['', ' ', 'AAPL,MSFT', 'AA PL', 'A\n', 'Ä', 'x'.repeat(33), null, 7, ['AAPL']]
  for (const symbol of malformed) expect(isSymbol(symbol)).toBe(false)
})
