import { describe, expect, test } from 'vitest'

import { defineCalendar } from '../calendar/define-calendar.ts'
import type { InstrumentFacts } from '../quote/instrument-facts.ts'
import { createVenues } from './create-venues.ts'
import { exchangeOf, typeOfSymbol } from './symbol-rules.ts'
import { precisionAt, venueFreshness } from './venue-freshness.ts'

const MINUTE = 60_000
const NOTHING: InstrumentFacts = { type: null, exchange: null, timezone: null, marketState: null, delayMs: null }
const LISBON = defineCalendar({
  name: 'XLIS',
  timezone: 'Europe/Lisbon',
  source: 'made for this test',
  knows: { from: '2020-01-01', to: '2030-12-31' },
  week: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], opens: '08:00', closes: '16:30' }],
})

describe('the venue of an instrument', () => {
  const { venueOf } = createVenues({
    table: { 'EDP.LS': { exchange: 'XLIS', type: 'equity', delayMs: 20 * MINUTE }, AAPL: { exchange: 'XLON' } },
    calendars: [LISBON],
  })

  test('comes from the provider, then from the host, then from the rules', () => {
    expect(venueOf('AAPL', { ...NOTHING, exchange: 'NMS', delayMs: 0 })).toMatchObject({
      ...{ exchange: 'XNAS', timezone: 'America/New_York', delayMs: 0, by: 'provider' },
    })
    expect(venueOf('AAPL')).toMatchObject({ exchange: 'XLON', delayMs: null, by: 'host' })
    expect(venueOf('MSFT')).toMatchObject({ exchange: 'XNYS', by: 'rule' })
    for (const exchange of ['WCB', 'CXI'])
      expect(venueOf('^VIX', { ...NOTHING, exchange })).toMatchObject({ exchange: 'XNYS', by: 'provider' })
    const lisbon = venueOf('EDP.LS', { ...NOTHING, marketState: 'post' })
    expect(lisbon).toMatchObject({ exchange: 'XLIS', calendar: LISBON, marketState: 'post', delayMs: 20 * MINUTE })
  })

  test('of an exchange that is unknown here has unknown hours, and not those of New York', () => {
    expect(venueOf('PETR4.SA')).toMatchObject({ exchange: null, calendar: null, by: null })
    const floor = { ...NOTHING, exchange: 'FRA', timezone: 'Europe/Berlin', type: 'equity' } as const
    expect(venueOf('SAP.F', floor)).toMatchObject({ exchange: null, calendar: null, timezone: 'Europe/Berlin' })
    expect(venueOf('OTCXX', { ...NOTHING, exchange: 'PNK' })).toMatchObject({ exchange: null, calendar: null })
  })

  test('of an index is where its shares are traded', () => {
    expect(['^FTSE', '^GDAXI', '^GSPC', '^TASI.SR', '^UNHEARD'].map((symbol) => venueOf(symbol).exchange)).toEqual([
      'XLON',
      'XETR',
      'XNYS',
      'XSAU',
      null,
    ])
    const zoned = { ...NOTHING, type: 'index', exchange: 'ZZZ', timezone: 'Europe/London' } as const
    expect(venueOf('^UNHEARD', zoned)).toMatchObject({ exchange: 'XLON', by: 'provider' })
  })

  test('of currencies and crypto is their own week, whatever exchange the provider names', () => {
    expect(venueOf('EURUSD=X', { ...NOTHING, type: 'currency', exchange: 'LSE' }).calendar?.name).toBe('24/5')
    expect(venueOf('BTC-USD', { ...NOTHING, type: 'crypto', exchange: 'CCC' }).calendar?.name).toBe('24/7')
    expect(venueOf('BTC-USD').calendar?.nextOpen(0)).toBeNull()
  })

  test('names of built-in properties are no symbols of a table', () => {
    expect(venueOf('constructor', { ...NOTHING, exchange: 'toString' })).toMatchObject({ exchange: null, by: null })
  })
})

test('the rules of last resort go by the spelling', () => {
  const SYMBOLS = [
    'AAPL',
    'BRK-B',
    '^VIX',
    'ES=F',
    'CLF26.NYM=F',
    'EURUSD=X',
    'BTC-USD',
    'ETH-BTC',
    'SOL-CAD',
    'USDC-USDT',
    'BAC-PL',
    'TSCO.L',
    '7203.T',
    'X.SA',
    'VTSAX',
  ]
  expect(SYMBOLS.map((symbol) => [symbol, exchangeOf(symbol), typeOfSymbol(symbol)])).toEqual([
    ['AAPL', 'XNYS', null],
    ['BRK-B', 'XNYS', null],
    ['^VIX', 'XNYS', 'index'],
    ['ES=F', 'CME-EQUITY', 'future'],
    ['CLF26.NYM=F', 'CME-ENERGY', 'future'],
    ['EURUSD=X', '24/5', 'currency'],
    ['BTC-USD', '24/7', 'crypto'],
    ['ETH-BTC', '24/7', 'crypto'],
    ['SOL-CAD', '24/7', 'crypto'],
    ['USDC-USDT', '24/7', 'crypto'],
    ['BAC-PL', 'XNYS', null],
    ['TSCO.L', 'XLON', null],
    ['7203.T', 'XTKS', null],
    ['X.SA', null, null],
    ['VTSAX', 'XNYS', 'fund'],
  ])
})

describe('the rule of a venue', () => {
  const { venueOf } = createVenues()
  const ruleOf = venueFreshness({ every: 15 * MINUTE, delayMs: 15 * MINUTE })

  test('has its calendar and its delay, and is made once', () => {
    const rule = ruleOf(venueOf('AAPL', { ...NOTHING, exchange: 'NYQ', delayMs: 0 }))
    expect(rule).toMatchObject({ delayMs: 0, graceMs: 7.5 * MINUTE, quietAfter: null })
    expect(rule.text).toBe('a price every 15 min while XNYS is open, up to 7.5 min late')
    expect(ruleOf(venueOf('IBM', { ...NOTHING, exchange: 'NYQ', delayMs: 0 }))).toBe(rule)
    expect(ruleOf(venueOf('IBM'))).toMatchObject({ delayMs: 15 * MINUTE, graceMs: 22.5 * MINUTE })
  })

  test('of a fund asks for one price a day, whose time is a convention', () => {
    const fund = venueOf('VTSAX')
    expect(ruleOf(fund)).toMatchObject({ every: 'trading-day', graceMs: 86_400_000 })
    expect([precisionAt(fund, 'exact'), precisionAt(fund, 'day'), precisionAt(venueOf('AAPL'), 'exact')]).toEqual([
      'conventional',
      'day',
      'exact',
    ])
  })

  test('of an index notices when it stands still', () => {
    expect(ruleOf(venueOf('^FTSE'))).toMatchObject({ quietAfter: 4, calendar: { name: 'XLON' } })
  })
})
