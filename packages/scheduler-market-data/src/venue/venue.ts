import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { InstrumentType, MarketState } from '../quote/instrument-facts.ts'

/** Where an instrument is traded, as far as that is known. */
export interface Venue {
  /** The exchange by its ISO 10383 code, or one of the library's own such as `24/7`; `null` when it is unknown. */
  readonly exchange: string | null
  /** The trading hours; `null` when they are unknown. Unknown hours never count as always open. */
  readonly calendar: TradingCalendar | null
  /** An IANA zone. */
  readonly timezone: string | null
  readonly type: InstrumentType | null
  /** How far the prices are behind the exchange; `null` when nobody says. */
  readonly delayMs: number | null
  /** What the provider said with its last answer; `null` when it said nothing. */
  readonly marketState: MarketState | null
  /** Who named the exchange: the provider, the host's table, or the rules for symbols, which are the last resort. */
  readonly by: 'provider' | 'host' | 'rule' | null
}

/** What the host knows of an instrument. Each goes before the rules, and after what the provider says. */
export interface HostVenue {
  /** One of `EXCHANGES`, or the name of a calendar of `calendars`. */
  readonly exchange?: string
  /** The hours themselves, for an exchange that is not built in. */
  readonly calendar?: TradingCalendar
  readonly type?: InstrumentType
  readonly delayMs?: number
}
