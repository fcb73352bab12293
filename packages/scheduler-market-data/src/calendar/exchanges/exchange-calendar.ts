import { refuseOption } from '@pm/scheduler-core/store'

import type { CalendarDefinition } from '../calendar-definition.ts'
import { defineCalendar } from '../define-calendar.ts'
import type { TradingCalendar } from '../trading-calendar.ts'
import { CME_ENERGY, CME_EQUITY } from './cme.ts'
import { ECB } from './ecb.ts'
import { XAMS, XPAR } from './euronext.ts'
import { FOREX, ROUND_THE_CLOCK } from './round-the-clock.ts'
import { XASX } from './xasx.ts'
import { XETR } from './xetr.ts'
import { XHKG } from './xhkg.ts'
import { XLON } from './xlon.ts'
import { XNSE } from './xnse.ts'
import { XNAS, XNYS } from './xnys.ts'
import { XSAU } from './xsau.ts'
import { XSES } from './xses.ts'
import { XSWX } from './xswx.ts'
import { XTAE } from './xtae.ts'
import { XTKS } from './xtks.ts'
import { XTSE } from './xtse.ts'

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
 * they stand. One-off closures are included as far as its tables had them.
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

/**
 * The exchange of a symbol in Yahoo's spelling; `null` for an exchange without a built-in calendar. A symbol without a
 * suffix and an index count as listed in the United States.
 */
export function exchangeOf(symbol: string): Exchange | null {
  if (symbol.endsWith('=F')) return /^M?(ES|NQ|YM|RTY|2K)=F$/i.test(symbol) ? 'CME-EQUITY' : 'CME-ENERGY'
  if (symbol.endsWith('=X')) return '24/5'
  if (/^[A-Z0-9]+-(USD|EUR|GBP|JPY)$/i.test(symbol)) return '24/7'
  const [, suffix] = /.\.([A-Z]+)$/i.exec(symbol) ?? []
  if (suffix === undefined) return 'XNYS'
  return suffix.toUpperCase() === 'L' ? 'XLON' : suffix.toUpperCase() === 'DE' ? 'XETR' : null
}
