import { decimalOf, numberOf } from '../http/json.ts'
import { type QuoteCandidate, readName } from '../quote/check-quote.ts'
import { instrumentOf, typeOf, type YahooEntry } from './instrument-of.ts'

/**
 * The fields to ask for. Without a list Yahoo sends about eighty of each symbol. It adds those of its own that every
 * answer has.
 */
export const FIELDS = [
  ...['symbol', 'longName', 'shortName', 'currency', 'quoteType', 'marketState'],
  ...['exchange', 'fullExchangeName', 'exchangeTimezoneName', 'exchangeDataDelayedBy'],
  ...['regularMarketPrice', 'regularMarketTime', 'regularMarketPreviousClose', 'regularMarketVolume'],
  ...['preMarketPrice', 'preMarketTime', 'postMarketPrice', 'postMarketTime'],
] as const

/** The numbers of an entry of which every digit is kept. */
export const EXACT_FIELDS = [
  'regularMarketPrice',
  'regularMarketPreviousClose',
  'regularMarketVolume',
  'preMarketPrice',
  'postMarketPrice',
] as const

/** What an entry says of its symbol, which is given in the host's spelling, unchecked. */
export function candidateOf(entry: YahooEntry, symbol: string | null): QuoteCandidate {
  const type = typeOf(entry)
  return {
    symbol,
    price: decimalOf(entry['regularMarketPrice']),
    currency: entry['currency'],
    eventTime: instantOf(entry['regularMarketTime']),
    // A fund has one price a day, which Yahoo gives a time of the day by convention.
    eventTimePrecision: type === 'fund' ? 'conventional' : 'exact',
    name: readName(entry['longName']) ?? readName(entry['shortName']),
    previousClose: decimalOf(entry['regularMarketPreviousClose']),
    volume: decimalOf(entry['regularMarketVolume']),
    instrument: instrumentOf(entry),
    extended: extendedOf(entry),
    mayBeNegative: type === 'future',
  }
}

/** Yahoo sends whole seconds. */
function instantOf(seconds: unknown): unknown {
  const number = numberOf(seconds)
  return typeof number === 'number' ? number * 1000 : number
}

/** The newer of the prices before and after the session, if it is newer than that of the session. */
function extendedOf(entry: YahooEntry): object | null {
  const before = timeOf(entry['preMarketTime'])
  const after = timeOf(entry['postMarketTime'])
  const eventTime = Math.max(before, after)
  if (eventTime <= timeOf(entry['regularMarketTime'])) return null
  return after > before
    ? { session: 'post', price: decimalOf(entry['postMarketPrice']), eventTime }
    : { session: 'pre', price: decimalOf(entry['preMarketPrice']), eventTime }
}

/** What is no time is before all others. */
function timeOf(seconds: unknown): number {
  const instant = instantOf(seconds)
  return typeof instant === 'number' ? instant : Number.NEGATIVE_INFINITY
}
