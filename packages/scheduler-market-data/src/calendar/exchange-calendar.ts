import { refuseOption } from '@pm/scheduler-core/store'
import { defineCalendar } from './define-calendar.ts'
import { FRANKFURT, LONDON } from './europe.ts'
import { FOREX, ROUND_THE_CLOCK } from './round-the-clock.ts'
import type { TradingCalendar } from './trading-calendar.ts'
import { GLOBEX, NEW_YORK } from './united-states.ts'

/** The built-in calendars: exchanges by ISO 10383 code, and two that belong to no exchange. */
export const EXCHANGES = ['XNYS', 'XNAS', 'GLBX', 'XLON', 'XETR', '24/5', '24/7'] as const
export type Exchange = (typeof EXCHANGES)[number]

/**
 * The calendar of an exchange, computed from its published rules. `source` says since when they hold. One-off closures
 * are included as far as they were known at the time of writing.
 *
 * Throws `INVALID_OPTIONS` for an exchange that is not built in; use `defineCalendar` for others.
 */
export function exchangeCalendar(exchange: Exchange): TradingCalendar {
  if (Object.hasOwn(DEFINITIONS, exchange)) return defineCalendar(DEFINITIONS[exchange])
  return refuseOption({
    path: 'exchange',
    value: exchange,
    expected: `one of ${EXCHANGES.join(', ')}`,
    known: EXCHANGES,
  })
}

const DEFINITIONS = {
  XNYS: NEW_YORK,
  XNAS: { ...NEW_YORK, name: 'XNAS' },
  GLBX: GLOBEX,
  XLON: LONDON,
  XETR: FRANKFURT,
  '24/5': FOREX,
  '24/7': ROUND_THE_CLOCK,
} as const satisfies Record<Exchange, unknown>
