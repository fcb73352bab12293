import { expect, test } from 'vitest'

import { listingOf } from './listing.ts'
import { eventTimeOf } from './session-time.ts'

const APPLE = listing('AAPL')
const MERCEDES = listing('MBG.DE')

test('a price of a past day has the time of its exchange’s close, in winter and in summer', () => {
  const now = Date.UTC(2026, 0, 1)
  expect(iso(eventTimeOf('2025-09-15', APPLE, now))).toBe('2025-09-15T20:00:00.000Z')
  expect(iso(eventTimeOf('2025-12-15', APPLE, now))).toBe('2025-12-15T21:00:00.000Z')
  expect(iso(eventTimeOf('2025-09-15', MERCEDES, now))).toBe('2025-09-15T15:30:00.000Z')
})

test('a price of a day on which the clocks change has the time of the close, too', () => {
  const now = Date.UTC(2026, 0, 1)
  expect(iso(eventTimeOf('2025-03-09', APPLE, now))).toBe('2025-03-09T20:00:00.000Z')
  expect(iso(eventTimeOf('2025-11-02', APPLE, now))).toBe('2025-11-02T21:00:00.000Z')
})

test('a price of a running session has the time of its opening, since it must not look younger than it is', () => {
  const midday = Date.UTC(2025, 8, 15, 16)
  expect(iso(eventTimeOf('2025-09-15', APPLE, midday))).toBe('2025-09-15T13:30:00.000Z')
})

test('a text that is no date gives null', () => {
  for (const day of ['2025-02-31', '15.9.2025', '', '2025-9-15', 'yesterday']) {
    expect(eventTimeOf(day, APPLE, Date.UTC(2026, 0, 1))).toBeNull()
  }
})

test('symbols are asked for in Alpha Vantage’s spelling, in the currency of their exchange', () => {
  expect(listingOf('SHOP.TO')).toMatchObject({ symbol: 'SHOP.TRT', currency: 'CAD' })
  expect(listingOf('MBG.DEX')).toMatchObject({ symbol: 'MBG.DEX', currency: 'EUR' })
  expect(listingOf('600104.SS')).toMatchObject({ symbol: '600104.SHH', currency: 'CNY' })
  expect(listingOf('BRK-B')).toMatchObject({ symbol: 'BRK-B', currency: 'USD' })
})

test('a currency that the exchange does not determine stays unknown, and a symbol that GLOBAL_QUOTE lacks has no listing', () => {
  expect(listingOf('TSCO.L')).toMatchObject({ symbol: 'TSCO.LON', currency: null })
  expect(listingOf('IWDA.AS')).toMatchObject({ symbol: 'IWDA.AS', currency: null })
  for (const symbol of ['^VIX', 'CL=F', 'EURUSD=X']) expect(listingOf(symbol)).toBeNull()
})

function listing(symbol: string) {
  const found = listingOf(symbol)
  if (found === null) throw new Error(`${symbol} has no listing.`)
  return found
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
