import type { StampHours } from '../ask/closing-time.ts'
import { venueCalendars } from '../venue/venue-calendars.ts'

/** The exchange data of a symbol that a GLOBAL_QUOTE answer lacks: currency and trading hours. */
export interface Listing extends StampHours {
  /** `null` when the exchange quotes in several currencies and the symbol does not tell which. */
  readonly currency: string | null
}

/**
 * Alpha Vantage's name of a symbol in Yahoo's spelling, which hosts use for all providers; `null` for instruments that
 * GLOBAL_QUOTE does not have: indices (`^VIX`), futures (`CL=F`), currencies (`EURUSD=X`), crypto (`BTC-USD`), options
 * (`AAPL251219C00200000`) and funds by number (`0P0000XW8F.L`).
 */
export function alphaVantageName(symbol: string): string | null {
  if (NOT_OFFERED.some((pattern) => pattern.test(symbol))) return null
  const { stem, suffix } = partsOf(symbol)
  const exchange = exchangeOf(suffix)
  return exchange === undefined ? symbol : `${stem}.${exchange.alphaVantage}`
}

const NOT_OFFERED = [
  /[\^=]/,
  /^[A-Z0-9]+-(USD|USDT|EUR|GBP|JPY|BTC)$/i,
  /^[A-Z.]{1,6}\d{6}[CP]\d{8}$/i,
  /^0P[0-9A-Z]{8}/i,
]

/** The listing of a name in Alpha Vantage's spelling. One without a suffix is listed in the United States. */
export function createListings(): (name: string) => Listing {
  const calendars = venueCalendars()
  return (name) => {
    const { suffix } = partsOf(name)
    const {
      calendar,
      alphaVantage: _,
      yahoo: __,
      ...place
    } = suffix === null ? UNITED_STATES : (exchangeOf(suffix) ?? UNKNOWN)
    return { ...place, calendar: calendar === null ? null : calendars.of(calendar) }
  }
}

function partsOf(symbol: string): { readonly stem: string; readonly suffix: string | null } {
  const dot = symbol.lastIndexOf('.')
  if (dot <= 0) return { stem: symbol, suffix: null }
  return { stem: symbol.slice(0, dot), suffix: symbol.slice(dot + 1).toUpperCase() }
}

function exchangeOf(suffix: string | null): ListedExchange | undefined {
  return EXCHANGES.find(({ yahoo, alphaVantage }) => suffix === yahoo || suffix === alphaVantage)
}

interface ListedExchange extends Omit<Listing, 'calendar'> {
  readonly yahoo: string | null
  readonly alphaVantage: string | null
  /** The code of its calendar; `null` when there is none. */
  readonly calendar: string | null
}

const UNITED_STATES: ListedExchange = {
  ...{ yahoo: null, alphaVantage: null },
  ...{ currency: 'USD', timeZone: 'America/New_York', calendar: 'XNYS' },
}

const UNKNOWN: ListedExchange = { yahoo: null, alphaVantage: null, currency: null, timeZone: 'UTC', calendar: null }

const TORONTO = { currency: 'CAD', timeZone: 'America/Toronto', calendar: 'XTSE' } as const
/** Mainland China has no half days. */
const CHINA = {
  ...{ currency: 'CNY', timeZone: 'Asia/Shanghai', calendar: null },
  hours: { opens: '09:30', closes: '15:00' },
} as const

/** The exchanges of Alpha Vantage's documentation, with Yahoo's suffixes beside its own. */
const EXCHANGES: readonly ListedExchange[] = [
  // London quotes in pence, pounds, dollars and euros.
  { yahoo: 'L', alphaVantage: 'LON', currency: null, timeZone: 'Europe/London', calendar: 'XLON' },
  { yahoo: 'TO', alphaVantage: 'TRT', ...TORONTO },
  { yahoo: 'V', alphaVantage: 'TRV', ...TORONTO },
  { yahoo: 'DE', alphaVantage: 'DEX', currency: 'EUR', timeZone: 'Europe/Berlin', calendar: 'XETR' },
  // Both of India's exchanges have the same days and hours.
  { yahoo: 'BO', alphaVantage: 'BSE', currency: 'INR', timeZone: 'Asia/Kolkata', calendar: 'XNSE' },
  { yahoo: 'SS', alphaVantage: 'SHH', ...CHINA },
  { yahoo: 'SZ', alphaVantage: 'SHZ', ...CHINA },
]
