import { type CsvListing, createCsvQuoteProvider, type ProviderOptions, type QuoteProvider } from '../src/index.ts'

/** A provider of tables, set up as for Stooq: its columns, its zone and its names of exchanges. */
export function createStooqLike(options: ProviderOptions = {}): QuoteProvider {
  return createCsvQuoteProvider({
    ...options,
    name: 'stooq_like',
    urlOf: (names) => `https://stooq.example/q/l/?s=${names.map(encodeURIComponent).join('+')}&f=sd2t2ohlcvn&h&e=csv`,
    columns: { symbol: 'Symbol', price: 'Close', date: 'Date', time: 'Time', volume: 'Volume', name: 'Name' },
    timezone: 'Europe/Warsaw',
    listingOf,
  })
}

export const HEAD = 'Symbol,Date,Time,Open,High,Low,Close,Volume,Name'

const EXCHANGES: Readonly<Record<string, { readonly suffix: string; readonly currency: string | null }>> = {
  DE: { suffix: '.DE', currency: 'EUR' },
  T: { suffix: '.JP', currency: 'JPY' },
  HK: { suffix: '.HK', currency: 'HKD' },
  WA: { suffix: '', currency: 'PLN' },
  // London quotes in pence, pounds, dollars and euros.
  L: { suffix: '.UK', currency: null },
}

/** Its name of a symbol in Yahoo's spelling. It has no options, and no indices under Yahoo's names. */
function listingOf(symbol: string): CsvListing | null {
  if (/^\^|\d{6}[CP]\d{8}$|-/.test(symbol)) return null
  const future = /^([A-Z]+)=F$/.exec(symbol)
  if (future) return { name: `${future[1]}.F`, currency: 'USD', mayBeNegative: true, instrument: { type: 'future' } }
  if (symbol.includes('=')) return null
  const [stem = '', suffix] = symbol.split('.')
  if (suffix === undefined) return { name: `${stem}.US`, currency: 'USD' }
  const exchange = EXCHANGES[suffix]
  return exchange === undefined ? null : { name: `${stem}${exchange.suffix}`, currency: exchange.currency }
}
