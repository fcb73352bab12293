import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type HeldPosition, type LatestQuote, valuePortfolio } from './value-portfolio.ts'

const asOf = new Date('2026-11-24T12:00:00.000Z')

test('a position is worth its quantity times its latest price, to the last digit', () => {
  const { positions, totals } = valuePortfolio(
    [
      held({ quantity: '0.1', quote: quote({ price: '0.2' }) }),
      held({ symbol: 'B', quantity: '3', quote: quote({ price: '1.10' }) }),
    ],
    asOf,
  )
  expect(positions.map(({ value }) => value)).toEqual(['0.02', '3.3'])
  expect(totals).toEqual([{ currency: 'USD', value: '3.32', positions: 2, unpriced: 0 }])
})

test('a position without a quote has an unknown value, not zero, and so has its total', () => {
  const { positions, totals } = valuePortfolio([held({ quote: null }), held({ symbol: 'B' })], asOf)
  expect(positions[0]).toMatchObject({
    price: null,
    value: null,
    provider: null,
    quoted_at: null,
    fetched_at: null,
    quote_age_seconds: null,
    unpriced_reason: 'no_quote',
  })
  expect(totals).toEqual([{ currency: 'USD', value: null, positions: 2, unpriced: 1 }])
})

test('currencies are not mixed, and a quote in another currency does not price a position', () => {
  const { positions, totals } = valuePortfolio(
    [
      held({}),
      held({ symbol: 'SAP.DE', currency: 'EUR', quote: quote({ currency: 'EUR', price: '200' }) }),
      held({ symbol: 'VOD.L', currency: 'GBP', quote: quote({ currency: 'GBp', price: '7350' }) }),
    ],
    asOf,
  )
  expect(totals).toEqual([
    { currency: 'EUR', value: '2000', positions: 1, unpriced: 0 },
    { currency: 'GBP', value: null, positions: 1, unpriced: 1 },
    { currency: 'USD', value: '1000', positions: 1, unpriced: 0 },
  ])
  expect(positions[2]?.unpriced_reason).toBe('currency_mismatch')
})

test('a negative price is valued: oil on 20 April 2020', () => {
  const { totals } = valuePortfolio([held({ quote: quote({ price: '-37.63' }) })], asOf)
  expect(totals[0]?.value).toBe('-376.3')
})

test('the age counts from the time of the price, and is 0 for a price from the future', () => {
  const fetchedAt = asOf
  const [old, future] = valuePortfolio(
    [
      held({ quote: quote({ eventTime: new Date('2026-11-24T11:00:00.500Z'), fetchedAt }) }),
      held({ symbol: 'B', quote: quote({ eventTime: new Date('2026-11-24T12:00:05.000Z'), fetchedAt }) }),
    ],
    asOf,
  ).positions
  expect(old?.quote_age_seconds).toBe(3599)
  expect(future?.quote_age_seconds).toBe(0)
})

test('an empty portfolio has no totals', () => {
  expect(valuePortfolio([], asOf)).toEqual({ as_of: '2026-11-24T12:00:00.000Z', positions: [], totals: [] })
})

test('the total of any portfolio equals the sum in whole numbers', () => {
  const cents = fc.integer({ min: -10_000_000, max: 10_000_000 })
  const lots = fc.array(fc.record({ price: cents, quantity: fc.integer({ min: 0, max: 1_000_000 }) }), { minLength: 1 })
  fc.assert(
    fc.property(lots, (drawn) => {
      const positions = drawn.map(({ price, quantity }, index) =>
        held({ symbol: `S${index}`, quantity: scaled(quantity, 3), quote: quote({ price: scaled(price, 2) }) }),
      )
      const exact = drawn.reduce((sum, { price, quantity }) => sum + BigInt(price) * BigInt(quantity), 0n)
      const total = valuePortfolio(positions, asOf).totals[0]?.value ?? ''
      expect(inUnits(total, 5)).toBe(exact)
    }),
  )
})

function held(changes: Partial<HeldPosition>): HeldPosition {
  const base = { symbol: 'A', name: 'A plc', unit: 'shares', quantity: '10', currency: 'USD', quote: quote({}) }
  return { ...base, ...changes }
}

function quote(changes: Partial<LatestQuote>): LatestQuote {
  const base = { price: '100', currency: 'USD', provider: 'yahoo_finance', eventTime: asOf, fetchedAt: asOf }
  return { ...base, ...changes }
}

function scaled(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0')
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function inUnits(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}
