import { expect, test } from 'vitest'

import { alphaVantageName, createListings } from './listing.ts'

const listingOf = createListings()

test('symbols are asked for in Alpha Vantage’s spelling, in the currency of their exchange', () => {
  const NAMES: [string, string, string | null][] = [
    ['SHOP.TO', 'SHOP.TRT', 'CAD'],
    ['MBG.DEX', 'MBG.DEX', 'EUR'],
    ['600104.SS', '600104.SHH', 'CNY'],
    ['BRK-B', 'BRK-B', 'USD'],
    ['VFIAX', 'VFIAX', 'USD'],
    ['TSCO.L', 'TSCO.LON', null],
    ['IWDA.AS', 'IWDA.AS', null],
  ]
  for (const [symbol, name, currency] of NAMES) {
    expect(alphaVantageName(symbol)).toBe(name)
    expect(listingOf(name).currency).toBe(currency)
  }
})

test('indices, futures, currencies, crypto, options and funds by number have no name there', () => {
  for (const symbol of ['^VIX', 'CL=F', 'EURUSD=X', 'BTC-USD', 'eth-eur', 'AAPL251219C00200000', '0P0000XW8F.L']) {
    expect([symbol, alphaVantageName(symbol)]).toEqual([symbol, null])
  }
})

test('a listing has the calendar of its exchange, made once', () => {
  expect(listingOf('AAPL').calendar?.name).toBe('XNYS')
  expect(listingOf('MBG.DEX').calendar?.name).toBe('XETR')
  expect(listingOf('TSCO.LON').calendar).toBe(listingOf('VOD.LON').calendar)
  expect(listingOf('IWDA.AS').calendar).toBeNull()
})
