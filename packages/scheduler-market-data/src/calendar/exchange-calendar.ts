import { refuseOption } from '@pm/scheduler-core/store'

import type { CalendarDefinition } from './calendar-definition.ts'
import { defineCalendar } from './define-calendar.ts'
import { CME_ENERGY, CME_EQUITY } from './exchanges/cme.ts'
import { ECB } from './exchanges/ecb.ts'
import { XAMS, XPAR } from './exchanges/euronext.ts'
import { FOREX, ROUND_THE_CLOCK } from './exchanges/round-the-clock.ts'
import { XASX } from './exchanges/xasx.ts'
import { XETR } from './exchanges/xetr.ts'
import { XHKG } from './exchanges/xhkg.ts'
import { XLON } from './exchanges/xlon.ts'
import { XNSE } from './exchanges/xnse.ts'
import { XNAS, XNYS } from './exchanges/xnys.ts'
import { XSAU } from './exchanges/xsau.ts'
import { XSES } from './exchanges/xses.ts'
import { XSWX } from './exchanges/xswx.ts'
import { XTAE } from './exchanges/xtae.ts'
import { XTKS } from './exchanges/xtks.ts'
import { XTSE } from './exchanges/xtse.ts'
import type { TradingCalendar } from './trading-calendar.ts'

/** The built-in calendars: exchanges by ISO 10383 code, parts of CME Globex, and three that belong to no exchange. */
export const EXCHANGES = [
  ...(['XNYS', 'XNAS', 'XTSE', 'CME-EQUITY', 'CME-ENERGY'] as const),
  ...(['XLON', 'XETR', 'XPAR', 'XAMS', 'XSWX'] as const),
  ...(['XTAE', 'XSAU', 'XNSE', 'XSES', 'XHKG', 'XTKS', 'XASX'] as const),
  ...(['24/5', '24/7', 'ECB'] as const),
] as const
export type Exchange = (typeof EXCHANGES)[number]

/**
 * The calendar of an exchange, from its published rules and dates. `knows` says for which days they hold, `source` where
 * they stand. One-off closures are included as far as they were known on the day `checked`.
 *
 * Each call makes a calendar, which computes its years again: create it once. Throws `INVALID_OPTIONS` for an exchange
 * that is not built in; use `defineCalendar` for others.
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
  XNYS,
  XNAS,
  XTSE,
  'CME-EQUITY': CME_EQUITY,
  'CME-ENERGY': CME_ENERGY,
  XLON,
  XETR,
  XPAR,
  XAMS,
  XSWX,
  XTAE,
  XSAU,
  XNSE,
  XSES,
  XHKG,
  XTKS,
  XASX,
  '24/5': FOREX,
  '24/7': ROUND_THE_CLOCK,
  ECB,
} as const satisfies Record<Exchange, CalendarDefinition>
