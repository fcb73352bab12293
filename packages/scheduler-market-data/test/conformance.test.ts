import { createManualClock } from '@pm/scheduler-testing'
import { describeQuoteProvider, type ProviderHarness, type SuiteEntry } from '../src/conformance/index.ts'
import {
  createAlphaVantageProvider,
  createCsvQuoteProvider,
  createYahooProvider,
  exchangeCalendar,
} from '../src/index.ts'
import { createStooqLike, HEAD } from './stooq.ts'

const DAY = (at: number) => new Date(at).toISOString().slice(0, 10)

describeQuoteProvider('Yahoo', (): ProviderHarness => {
  const entry = ({ name, price, at }: SuiteEntry) =>
    `{"symbol":"${name}","quoteType":"EQUITY","currency":"GBp","regularMarketTime":${at / 1000},` +
    `"regularMarketPrice":${price},"longName":"Société"}`
  return {
    clock: createManualClock(),
    create: (options) => createYahooProvider(options),
    symbols: ['AAPL', 'MSFT', 'VOD.L'],
    notOffered: null,
    asksForSeveral: true,
    namesIn: ({ url }) =>
      url.pathname === '/v7/finance/quote' ? (url.searchParams.get('symbols')?.split(',') ?? []) : null,
    answerOther: ({ url }) =>
      url.pathname.endsWith('getcrumb')
        ? new Response('a1B2')
        : new Response('', { headers: { 'set-cookie': 'A3=d=1; Domain=.yahoo.com' } }),
    bodyOf: (entries) => `{"quoteResponse":{"result":[${entries.map(entry).join(',')}],"error":null}}`,
  }
})

describeQuoteProvider('Alpha Vantage', (): ProviderHarness => {
  const secret = 'CANARY' + '0123456'
  return {
    clock: createManualClock(),
    create: (options) => createAlphaVantageProvider({ ...options, apiKey: secret }),
    symbols: ['AAPL', 'MSFT', 'SHOP.TO'],
    notOffered: 'BTC-USD',
    asksForSeveral: false,
    namesIn: ({ url }) => [url.searchParams.get('symbol') ?? ''],
    bodyOf: ([entry]) =>
      entry === undefined
        ? '{"Global Quote":{}}'
        : JSON.stringify({
            'Global Quote': {
              '01. symbol': entry.name,
              '05. price': entry.price,
              '07. latest trading day': DAY(entry.at),
            },
          }),
    secret,
  }
})

describeQuoteProvider('a table', (): ProviderHarness => {
  const line = ({ name, price, at }: SuiteEntry) => {
    const time = new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Europe/Warsaw' })
    const written = /[",]/.test(price ?? '') ? `"${price?.replaceAll('"', '""')}"` : (price ?? 'N/D')
    return `${name},${DAY(at)},${time},1,2,3,${written},48160000,Société`
  }
  return {
    clock: createManualClock(),
    create: createStooqLike,
    symbols: ['AAPL', 'MSFT', 'MBG.DE'],
    notOffered: 'BTC-USD',
    asksForSeveral: true,
    namesIn: ({ url }) => (url.searchParams.get('s') ?? '').split(' '),
    contentType: 'text/csv',
    bodyOf: (entries) => [HEAD, ...entries.map(line)].map((text) => `${text}\n`).join(''),
  }
})

describeQuoteProvider('a table of closing prices, the price last', (): ProviderHarness => {
  const line = ({ name, price, at }: SuiteEntry) => `${name};${DAY(at)};${price ?? ''}`
  return {
    clock: createManualClock(),
    create: (options) =>
      createCsvQuoteProvider({
        ...options,
        ...{ name: 'own_prices', timezone: 'America/New_York', separator: ';' },
        urlOf: (names) => `https://prices.example/?s=${names.join(',')}`,
        columns: { symbol: 'symbol', price: 'close', date: 'day' },
        listingOf: (symbol) => ({ name: symbol, currency: 'USD', calendar: exchangeCalendar('XNYS') }),
      }),
    symbols: ['AAPL', 'MSFT', 'TSLA'],
    notOffered: null,
    asksForSeveral: true,
    namesIn: ({ url }) => (url.searchParams.get('s') ?? '').split(','),
    contentType: 'text/csv',
    bodyOf: (entries) => ['symbol;day;close', ...entries.map(line)].map((text) => `${text}\n`).join(''),
  }
})
