import { readFileSync } from 'node:fs'

import { createReferenceRates, parseEcbRates, type ReferenceRates } from '@pm/scheduler-market-data'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { HeldPosition, LatestQuote } from './held-position.ts'
import { type ValuationContext, valuePortfolio } from './value-portfolio.ts'

const asOf = new Date('2026-02-24T18:00:00.000Z')
const recorded = readFileSync(new URL('../../data/eurofxref-hist.csv', import.meta.url), 'utf8')
const rates = ratesOf(recorded)

describe('a position', () => {
  test('is worth its quantity times its latest price, to the last digit', () => {
    const { positions, totals } = value([
      held({ quantity: '0.1', quote: quote({ price: '0.2' }) }),
      held({ symbol: 'B', quantity: '3', quote: quote({ price: '1.1' }) }),
    ])
    expect(positions.map(({ value }) => value)).toEqual(['0.02', '3.3'])
    expect(totals).toMatchObject([{ currency: 'USD', value: '3.32', positions: 2, unpriced: 0 }])
  })

  test('of 1,000 VOD.L at 95.06 GBp is worth 950.60 pounds, and its price stays in pence', () => {
    const { positions, totals } = value([VODAFONE])
    expect(positions[0]).toMatchObject({ price: '95.06', price_unit: 'GBp', value: '950.6', currency: 'GBP' })
    expect(totals).toMatchObject([{ currency: 'GBP', value: '950.6' }])
  })

  test.each([
    ['ZAR', 'ZAc', '950.6'],
    ['ILS', 'ILA', '950.6'],
    ['USD', 'USX', '950.6'],
    ['KWD', 'KWF', '95.06'],
    ['GBp', 'GBP', '95060'],
    ['GBX', 'GBp', '950.6'],
  ])('in %s with a price in %s is worth %s of the major unit', (currency, unit, worth) => {
    const { positions } = value([
      held({ currency, quantity: '1000', quote: quote({ currency: unit, price: '95.06' }) }),
    ])
    expect(positions[0]).toMatchObject({ value: worth, currency: currency.startsWith('GB') ? 'GBP' : currency })
  })

  test('without a quote has an unknown value, not zero, and so have the totals', () => {
    const { positions, totals, total } = value([held({ quote: null }), held({ symbol: 'B' })])
    expect(positions[0]).toMatchObject({
      price: null,
      price_unit: null,
      value: null,
      provider: null,
      quoted_at: null,
      fetched_at: null,
      quote_age_seconds: null,
      unpriced_reason: 'no_quote',
    })
    expect(totals).toMatchObject([{ currency: 'USD', value: null, positions: 2, unpriced: 1 }])
    expect(total).toMatchObject({ kind: 'single', currency: 'USD', value: null, positions: 2, unpriced: 1 })
  })

  test('is not priced by a quote in another currency, or in a unit that nobody knows', () => {
    const { positions, totals } = value([
      held({}),
      held({ symbol: 'HSBA.L', currency: 'GBP', quote: quote({ currency: 'USD' }) }),
      held({ symbol: 'X', currency: 'GBP', quote: quote({ currency: 'gbp' }) }),
      held({ symbol: 'Y', currency: 'eur', quote: quote({ currency: 'EUR' }) }),
    ])
    expect(positions.map(({ unpriced_reason }) => unpriced_reason)).toEqual([
      null,
      'currency_mismatch',
      'currency_unknown',
      'currency_unknown',
    ])
    expect(totals.map(({ currency, value, unpriced }) => [currency, value, unpriced])).toEqual([
      ['GBP', null, 2],
      ['USD', '1000', 0],
      ['eur', null, 1],
    ])
  })

  test('with a negative price is valued: oil on 20 April 2020', () => {
    expect(value([held({ quote: quote({ price: '-37.63' }) })]).totals[0]?.value).toBe('-376.3')
  })

  test('has the age of its price by the time of that, and 0 for a price from the future', () => {
    const [old, future] = value([
      held({ quote: quote({ eventTime: new Date('2026-02-24T17:00:00.500Z') }) }),
      held({ symbol: 'B', quote: quote({ eventTime: new Date('2026-02-24T18:00:05.000Z') }) }),
    ]).positions
    expect(old?.quote_age_seconds).toBe(3599)
    expect(future?.quote_age_seconds).toBe(0)
  })
})

describe('the total', () => {
  test('converts by the reference rates of the day, and says which', () => {
    const { total, totals } = value([held({}), VODAFONE])
    expect(totals.map(({ currency, value }) => [currency, value])).toEqual([
      ['GBP', '950.6'],
      ['USD', '1000'],
    ])
    // 1000 + 950.6 * 1.1777 / 0.8731
    expect(total).toMatchObject({
      kind: 'converted',
      currency: 'USD',
      value: '2282.23756728897',
      apart_reason: null,
      rates: [{ from: 'GBP', to: 'USD', rate: '1.348871835987', rate_date: '2026-02-24', source: 'ECB' }],
    })
  })

  test('names the day of the rates that hold on a Sunday, and before their publication', () => {
    const on = (at: string) => value([held({}), VODAFONE], { asOf: new Date(at) }).total.rates[0]?.rate_date
    expect(on('2026-02-22T12:00:00Z')).toBe('2026-02-20')
    expect(on('2026-02-24T14:00:00Z')).toBe('2026-02-23')
    expect(on('2026-02-24T16:00:00Z')).toBe('2026-02-24')
  })

  test('of replayed prices converts by the rates of the newest of them', () => {
    const prices = [
      held({ quote: quote({ eventTime: new Date('2015-05-11T20:00:00Z') }) }),
      { ...VODAFONE, quote: quote({ price: '95.06', currency: 'GBp', eventTime: new Date('2023-08-01T15:30:00Z') }) },
    ]
    const { total } = value(prices, { marketData: 'replay', asOf: new Date('2026-11-24T12:00:00Z') })
    expect(total).toMatchObject({ kind: 'converted', rates: [{ rate_date: '2023-08-01' }] })
  })

  test('stays apart, and says why', () => {
    const both = [held({}), VODAFONE]
    const apart = (context: Partial<ValuationContext>, positions: readonly HeldPosition[] = both) => {
      const { kind, value: sum, currency, apart_reason, apart_currency } = value(positions, context).total
      expect([kind, sum]).toEqual(['apart', null])
      return [currency, apart_reason, apart_currency]
    }
    expect(apart({ baseCurrency: null })).toEqual([null, 'no_base_currency', null])
    expect(apart({ rates: null })).toEqual(['USD', 'no_rates', null])
    expect(apart({ asOf: new Date('2026-07-01T12:00:00Z') })).toEqual(['USD', 'rates_too_old', 'GBP'])
    expect(apart({ asOf: new Date('2015-07-01T12:00:00Z') })).toEqual(['USD', 'day_before_rates', null])
    const coin = held({ symbol: 'ETH-BTC', currency: 'BTC', quote: quote({ currency: 'BTC' }) })
    expect(apart({}, [held({}), coin])).toEqual(['USD', 'currency_without_rate', 'BTC'])
    const odd = held({ symbol: 'Y', currency: 'eur', quote: quote({ currency: 'EUR' }) })
    expect(apart({}, [held({}), odd])).toEqual(['USD', 'currency_unknown', 'eur'])
  })

  test('of one currency needs no rates, and with another base does', () => {
    expect(value([VODAFONE], { baseCurrency: 'GBP', rates: null }).total).toMatchObject({
      kind: 'single',
      currency: 'GBP',
      value: '950.6',
      rates: [],
    })
    expect(value([VODAFONE], { baseCurrency: null, rates: null }).total).toMatchObject({
      kind: 'single',
      currency: 'GBP',
    })
    // 950.6 / 0.8731
    expect(value([VODAFONE], { baseCurrency: 'EUR' }).total).toMatchObject({
      kind: 'converted',
      currency: 'EUR',
      value: '1088.764173634177',
    })
  })

  test('has no value while a position has none: a part of the sum is not the sum', () => {
    const { total } = value([held({ quote: null }), VODAFONE])
    expect(total).toMatchObject({ kind: 'converted', value: null, unpriced: 1, rates: [{ from: 'GBP' }] })
  })

  test('carries its oldest input and its worst status', () => {
    const old = quote({ eventTime: new Date('2026-02-20T21:00:00Z'), fetchedAt: new Date('2026-02-24T17:59:00Z') })
    const slow = quote({ eventTime: new Date('2026-02-24T15:00:00Z'), fetchedAt: new Date('2026-02-24T15:01:00Z') })
    const positions = [held({}), held({ symbol: 'OLD', quote: old }), held({ symbol: 'SLOW', quote: slow }), VODAFONE]
    const statuses = new Map([
      ['A', { status: 'fresh', reason: null }],
      ['OLD', { status: 'market_closed', reason: 'last_close' }],
      ['SLOW', { status: 'stale', reason: 'not_answered' }],
      ['VOD.L', { status: 'expired', reason: 'no_price_today' }],
    ])
    const { total, totals, positions: valued } = value(positions, { statuses })
    expect(valued.map(({ status, status_reason }) => [status, status_reason])).toEqual([
      ['fresh', null],
      ['market_closed', 'last_close'],
      ['stale', 'not_answered'],
      ['expired', 'no_price_today'],
    ])
    const dollars = {
      oldest_quoted_at: '2026-02-20T21:00:00.000Z',
      oldest_symbol: 'OLD',
      oldest_fetched_at: '2026-02-24T15:01:00.000Z',
      worst_status: 'stale',
      worst_status_reason: 'not_answered',
      worst_symbol: 'SLOW',
    }
    expect(totals[1]).toMatchObject({ currency: 'USD', ...dollars })
    expect(total).toMatchObject({
      ...dollars,
      worst_status: 'expired',
      worst_status_reason: 'no_price_today',
      worst_symbol: 'VOD.L',
    })
  })

  test('is as good as unknown when a status is not known, or none can be read', () => {
    const fresh = new Map([['A', { status: 'fresh', reason: null }]])
    expect(value([held({}), held({ symbol: 'B' })], { statuses: fresh }).total.worst_status).toBe('unknown')
    expect(value([held({})], { statuses: null }).positions[0]?.status).toBe('unknown')
    const word = new Map([...fresh, ['B', { status: 'under_repair', reason: null }]])
    expect(value([held({}), held({ symbol: 'B' })], { statuses: word }).total.worst_status).toBe('under_repair')
  })

  test('of an empty portfolio is zero of the base currency, without inputs', () => {
    expect(value([])).toEqual({
      as_of: asOf.toISOString(),
      positions: [],
      totals: [],
      total: {
        currency: 'USD',
        value: '0',
        kind: 'single',
        apart_reason: null,
        apart_currency: null,
        rates: [],
        positions: 0,
        unpriced: 0,
        oldest_quoted_at: null,
        oldest_symbol: null,
        oldest_fetched_at: null,
        worst_status: null,
        worst_status_reason: null,
        worst_symbol: null,
      },
    })
    expect(value([], { baseCurrency: null }).total).toMatchObject({ kind: 'apart', apart_reason: 'no_base_currency' })
  })

  test('of any portfolio equals the sum in whole numbers, whatever the unit of the prices', () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 })
    const quantity = fc.integer({ min: 0, max: 1_000_000 })
    const lot = fc.record({ price: cents, quantity, unit: fc.constantFrom('GBP', 'GBp', 'GBX') })
    fc.assert(
      fc.property(fc.array(lot, { minLength: 1 }), (lots) => {
        const positions = lots.map(({ price, quantity, unit }, index) => {
          const priced = quote({ price: scaled(price, 2), currency: unit })
          return held({ symbol: `S${index}`, currency: 'GBP', quantity: scaled(quantity, 3), quote: priced })
        })
        const exact = lots.reduce((sum, { price, quantity, unit }) => {
          return sum + BigInt(price) * BigInt(quantity) * (unit === 'GBP' ? 100n : 1n)
        }, 0n)
        const { totals, total } = value(positions, { baseCurrency: 'GBP', rates: null })
        expect(inUnits(totals[0]?.value ?? '', 7)).toBe(exact)
        expect(total.value).toBe(totals[0]?.value)
      }),
    )
  })
})

const VODAFONE = held({
  symbol: 'VOD.L',
  name: 'Vodafone',
  quantity: '1000',
  currency: 'GBP',
  quote: quote({ price: '95.06', currency: 'GBp' }),
})

function value(positions: readonly HeldPosition[], changes: Partial<ValuationContext> = {}) {
  const context = { asOf, marketData: 'live', baseCurrency: 'USD', rates, statuses: null } as const
  return valuePortfolio(positions, { ...context, ...changes })
}

function ratesOf(text: string): ReferenceRates {
  const table = parseEcbRates(text)
  if (table === null) throw new Error('The recorded file is none of the ECB.')
  return createReferenceRates({ table })
}

function held(changes: Partial<HeldPosition>): HeldPosition {
  const base = { symbol: 'A', name: 'A plc', unit: 'shares', quantity: '10', currency: 'USD', quote: quote({}) }
  return { ...base, ...changes }
}

function quote(changes: Partial<LatestQuote>): LatestQuote {
  const precise = { eventTime: asOf, eventTimePrecision: 'exact', fetchedAt: asOf } as const
  return { price: '100', currency: 'USD', provider: 'yahoo_finance', ...precise, ...changes }
}

function scaled(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function inUnits(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}
