import { numberOf } from '../http/json.ts'
import type { InstrumentFacts, InstrumentType, MarketState } from '../quote/instrument-facts.ts'

/** One entry of an answer of Yahoo, unchecked. */
export type YahooEntry = Readonly<Record<string, unknown>>

/** What Yahoo says of the instrument, unchecked: `checkQuote` leaves out what is malformed. */
export function instrumentOf(entry: YahooEntry): { readonly [K in keyof InstrumentFacts]: unknown } {
  const delayMinutes = numberOf(entry['exchangeDataDelayedBy'])
  return {
    type: typeOf(entry),
    exchange: entry['exchange'] ?? entry['fullExchangeName'],
    timezone: entry['exchangeTimezoneName'],
    marketState: lookUp(STATES, entry['marketState']) ?? null,
    delayMs: typeof delayMinutes === 'number' ? Math.round(delayMinutes * 60_000) : null,
  }
}

/** `null` when Yahoo says no type; a type that is not in the table is `other`. */
export function typeOf(entry: YahooEntry): InstrumentType | null {
  const { symbol, quoteType } = entry as { readonly symbol?: unknown; readonly quoteType?: unknown }
  // Yahoo also sends some futures, such as ZNC=F, as ALTSYMBOL.
  if (typeof symbol === 'string' && symbol.toUpperCase().endsWith('=F')) return 'future'
  if (typeof quoteType !== 'string') return null
  return lookUp(TYPES, quoteType) ?? 'other'
}

/** The two hours before the pre-market and after the post-market have no trading. */
const STATES: Readonly<Record<string, MarketState>> = {
  PREPRE: 'closed',
  PRE: 'pre',
  REGULAR: 'open',
  POST: 'post',
  POSTPOST: 'closed',
  CLOSED: 'closed',
}

const TYPES: Readonly<Record<string, InstrumentType>> = {
  EQUITY: 'equity',
  ETF: 'etf',
  INDEX: 'index',
  MUTUALFUND: 'fund',
  MONEYMARKET: 'fund',
  CURRENCY: 'currency',
  CRYPTOCURRENCY: 'crypto',
  FUTURE: 'future',
  OPTION: 'option',
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined {
  return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined
}
