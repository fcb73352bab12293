import type { TradingCalendar } from '../calendar/trading-calendar.ts'
import type { InstrumentFacts } from '../quote/instrument-facts.ts'
import { PROVIDER_EXCHANGES, ZONE_EXCHANGES } from './provider-exchanges.ts'
import { exchangeOf, typeOfSymbol } from './symbol-rules.ts'
import type { HostVenue, Venue } from './venue.ts'
import { venueCalendars } from './venue-calendars.ts'

export interface VenuesOptions {
  /** What the host knows of its instruments, by symbol (default nothing). */
  readonly table?: Readonly<Record<string, HostVenue>> | ((symbol: string) => HostVenue | undefined)
  /**
   * Calendars of exchanges that are not built in, by their names (default none). One with the name of a built-in calendar
   * replaces it.
   */
  readonly calendars?: readonly TradingCalendar[]
}

export interface Venues {
  /**
   * The venue of an instrument. Exchange, type, delay and market state come, each by itself, from what the provider
   * says, then from the host's table, then from the spelling of the symbol. Pure.
   */
  venueOf(symbol: string, said?: InstrumentFacts | null): Venue
}

/** Reads where instruments are traded. Create it once: it keeps the calendars. */
export function createVenues({ table, calendars: own }: VenuesOptions = {}): Venues {
  const calendars = venueCalendars(own)
  const hostVenue = typeof table === 'function' ? table : (symbol: string) => ownValue(table, symbol)

  return Object.freeze({
    venueOf(symbol: string, said?: InstrumentFacts | null): Venue {
      const host = hostVenue(symbol) ?? {}
      const type = said?.type ?? host.type ?? typeOfSymbol(symbol)
      const { exchange, calendar: given, by } = whereIs(symbol, { type, said, host })
      const calendar = given ?? (exchange === null ? null : calendars.of(exchange))
      return Object.freeze({
        exchange,
        calendar,
        timezone: said?.timezone ?? calendar?.timezone ?? null,
        type,
        delayMs: said?.delayMs ?? host.delayMs ?? null,
        marketState: said?.marketState ?? null,
        by,
      })
    },
  })
}

interface Known {
  readonly type: Venue['type']
  readonly said: InstrumentFacts | null | undefined
  readonly host: HostVenue
}

type Place = Pick<Venue, 'exchange' | 'by'> & { readonly calendar?: TradingCalendar | undefined }

function whereIs(symbol: string, { type, said, host }: Known): Place {
  const exchange = saidExchange(type, said)
  if (exchange !== null) return { exchange, by: 'provider' }
  const { calendar } = host
  if (calendar !== undefined) return { exchange: host.exchange ?? calendar.name, calendar, by: 'host' }
  if (host.exchange !== undefined) return { exchange: host.exchange, by: 'host' }
  // A provider that names an exchange that is unknown here contradicts the rule for symbols without a suffix.
  if (typeof said?.exchange === 'string' && !isRoundTheClock(type)) return { exchange: null, by: null }
  const byRule = exchangeOf(symbol)
  return byRule === null ? { exchange: null, by: null } : { exchange: byRule, by: 'rule' }
}

/** Whatever exchange a provider names for them, currencies and crypto have their own weeks. */
function saidExchange(type: Venue['type'], said: InstrumentFacts | null | undefined): string | null {
  if (said?.type === 'crypto') return '24/7'
  if (said?.type === 'currency') return '24/5'
  const named = ownValue(PROVIDER_EXCHANGES, said?.exchange ?? '')
  if (named !== undefined) return named
  return type === 'index' ? (ownValue(ZONE_EXCHANGES, said?.timezone ?? '') ?? null) : null
}

function isRoundTheClock(type: Venue['type']): boolean {
  return type === 'crypto' || type === 'currency'
}

function ownValue<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}
