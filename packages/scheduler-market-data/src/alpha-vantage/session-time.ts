import type { EpochMs } from '@pm/scheduler-core'

import { localInstant } from '../time/local-instant.ts'
import type { Listing } from './listing.ts'

/**
 * The event time for a price of which only the trading day is known: the close of that day or, while its session still
 * runs, the opening, so that a price never looks younger than it is. `null` when `day` is no date.
 */
export function eventTimeOf(day: string, { opens, closes, timeZone }: Listing, now: EpochMs): EpochMs | null {
  const closedAt = localInstant({ day, time: closes, timeZone })
  if (closedAt === null || closedAt <= now) return closedAt
  return localInstant({ day, time: opens, timeZone })
}
