import { EXCHANGES, exchangeCalendar } from '../calendar/exchanges/exchange-calendar.ts'
import type { TradingCalendar } from '../calendar/trading-calendar.ts'

/** The calendars of exchanges by their codes, each made once. */
export interface VenueCalendars {
  /** `null` for an exchange whose hours are unknown. */
  of(exchange: string): TradingCalendar | null
}

/** The built-in calendars, and the host's own under their names, which go first. */
export function venueCalendars(own: readonly TradingCalendar[] = []): VenueCalendars {
  const made = new Map<string, TradingCalendar | null>(own.map((calendar) => [calendar.name, calendar]))
  return Object.freeze({
    of(exchange: string) {
      const known = made.get(exchange)
      if (known !== undefined) return known
      const builtIn = EXCHANGES.find((code) => code === exchange)
      const calendar = builtIn === undefined ? null : exchangeCalendar(builtIn)
      made.set(exchange, calendar)
      return calendar
    },
  })
}
