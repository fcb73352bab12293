import type { EpochMs } from '@pm/scheduler-core'

import type { EventTimePrecision } from '../quote/quote.ts'
import type { MarketPeriods } from './market-periods.ts'

/** The provider's time of a price. */
export interface PriceTime {
  readonly eventAt: EpochMs
  /** What that time means (default `exact`). Of one that is not exact the date counts, in the zone of the market. */
  readonly eventTimePrecision?: EventTimePrecision | null
}

/**
 * From when on a price counts as that of its session: its time, but not before the session of its date opens where the
 * time is not exact. A fund that is stamped at midnight on Friday has the price of Friday, not of Thursday's session.
 */
export function tradedAt({ eventAt, eventTimePrecision }: PriceTime, periods: MarketPeriods): EpochMs {
  if (!eventTimePrecision || eventTimePrecision === 'exact') return eventAt
  return Math.max(eventAt, periods.onDateOf(eventAt)?.opensAt ?? eventAt)
}
