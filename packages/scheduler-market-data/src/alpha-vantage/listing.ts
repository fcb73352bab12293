/** The exchange data of a symbol that a GLOBAL_QUOTE answer lacks: currency and trading hours. */
export interface Listing {
  /** The symbol in Alpha Vantage's spelling. */
  readonly symbol: string
  /** `null` when the exchange quotes in several currencies and the symbol does not tell which. */
  readonly currency: string | null
  readonly timeZone: string
  /** The regular session in the exchange's local time, as `HH:MM`. Half days are not known. */
  readonly opens: string
  readonly closes: string
}

/**
 * The listing of a symbol in Yahoo's spelling, which hosts use for all providers; `null` for symbols that GLOBAL_QUOTE
 * does not have: indices (`^VIX`), futures (`CL=F`) and currencies (`EURUSD=X`). A symbol without a suffix is listed in
 * the United States.
 */
export function listingOf(symbol: string): Listing | null {
  if (/[\^=]/.test(symbol)) return null
  const dot = symbol.lastIndexOf('.')
  if (dot <= 0) return { symbol, ...UNITED_STATES }
  const suffix = symbol.slice(dot + 1).toUpperCase()
  const exchange = EXCHANGES.find(({ yahoo, alphaVantage }) => suffix === yahoo || suffix === alphaVantage)
  if (exchange === undefined) return { symbol, ...UNKNOWN_EXCHANGE }
  const { alphaVantage, yahoo: _, ...place } = exchange
  return { symbol: `${symbol.slice(0, dot)}.${alphaVantage}`, ...place }
}

const UNITED_STATES = { currency: 'USD', timeZone: 'America/New_York', opens: '09:30', closes: '16:00' } as const

/** Stands for unknown hours: the whole day in UTC. */
const UNKNOWN_EXCHANGE = { currency: null, timeZone: 'UTC', opens: '00:00', closes: '23:59' } as const

const TORONTO = { currency: 'CAD', timeZone: 'America/Toronto', opens: '09:30', closes: '16:00' } as const
const CHINA = { currency: 'CNY', timeZone: 'Asia/Shanghai', opens: '09:30', closes: '15:00' } as const

/** The exchanges of Alpha Vantage's documentation, with Yahoo's suffixes beside its own. */
const EXCHANGES = [
  // London quotes in pence, pounds, dollars and euros.
  { yahoo: 'L', alphaVantage: 'LON', currency: null, timeZone: 'Europe/London', opens: '08:00', closes: '16:30' },
  { yahoo: 'TO', alphaVantage: 'TRT', ...TORONTO },
  { yahoo: 'V', alphaVantage: 'TRV', ...TORONTO },
  { yahoo: 'DE', alphaVantage: 'DEX', currency: 'EUR', timeZone: 'Europe/Berlin', opens: '09:00', closes: '17:30' },
  { yahoo: 'BO', alphaVantage: 'BSE', currency: 'INR', timeZone: 'Asia/Kolkata', opens: '09:15', closes: '15:30' },
  { yahoo: 'SS', alphaVantage: 'SHH', ...CHINA },
  { yahoo: 'SZ', alphaVantage: 'SHZ', ...CHINA },
] as const
