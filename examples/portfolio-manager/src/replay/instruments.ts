import { isMade } from './made-series.ts'

/**
 * Describes a recorded series. The wire formats need a type and an exchange; the name says what the prices really are.
 */
export interface Instrument {
  readonly name: string
  /** Yahoo's type of this symbol. */
  readonly quoteType: 'EQUITY' | 'INDEX' | 'FUTURE'
  readonly exchange: string
  readonly exchangeName: string
  /** The time of the day's price, in `timeZone`. The source names only the day. */
  readonly closes: string
  readonly timeZone: string
  /** Whether Alpha Vantage's GLOBAL_QUOTE has it: it knows shares, not indices and futures. */
  readonly onAlphaVantage: boolean
}

/** The instrument of a recorded symbol; a share with the symbol as its name if this table lacks it. */
export function instrumentOf(symbol: string): Instrument {
  const known = INSTRUMENTS.get(symbol)
  if (known !== undefined) return known
  return {
    ...NASDAQ,
    name: isMade(symbol) ? `${symbol} (made, from recorded prices)` : `${symbol} (recorded daily prices)`,
  }
}

const NASDAQ = {
  quoteType: 'EQUITY',
  exchange: 'NMS',
  exchangeName: 'NasdaqGS',
  closes: '16:00',
  timeZone: 'America/New_York',
  onAlphaVantage: true,
} as const

const NYMEX = {
  quoteType: 'FUTURE',
  exchange: 'NYM',
  exchangeName: 'NY Mercantile',
  closes: '14:30',
  timeZone: 'America/New_York',
  onAlphaVantage: false,
} as const

const INSTRUMENTS: ReadonlyMap<string, Instrument> = new Map<string, Instrument>([
  ['AAPL', { ...NASDAQ, name: 'Apple Inc. (recorded daily prices)' }],
  [
    '^VIX',
    {
      name: 'CBOE Volatility Index (recorded daily prices)',
      quoteType: 'INDEX',
      exchange: 'CXI',
      exchangeName: 'Cboe Indices',
      closes: '16:15',
      timeZone: 'America/New_York',
      onAlphaVantage: false,
    },
  ],
  ['BZ=F', { ...NYMEX, name: 'Brent crude oil, EIA spot price, not the future (recorded)' }],
  ['CL=F', { ...NYMEX, name: 'WTI crude oil, EIA spot price, not the future (recorded)' }],
  ['NG=F', { ...NYMEX, name: 'Henry Hub natural gas, EIA spot price, not the future (recorded)' }],
  [
    'VOD.L',
    {
      name: 'Vodafone Group plc (made prices, not real ones)',
      quoteType: 'EQUITY',
      exchange: 'LSE',
      exchangeName: 'LSE',
      closes: '16:30',
      timeZone: 'Europe/London',
      onAlphaVantage: false,
    },
  ],
])
