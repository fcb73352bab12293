import type { EpochMs } from '@pm/scheduler-core'

import type { Listing } from './listing.ts'

/**
 * The instant that stands for a price of which only the trading day is known: that day's close, and while the session
 * still runs its opening, so that a price never looks younger than it is. `null` for what is not a date.
 */
export function eventTimeOf(day: string, listing: Listing, now: EpochMs): EpochMs | null {
  const closedAt = localInstant(day, listing.closes, listing.timeZone)
  if (closedAt === null || closedAt <= now) return closedAt
  return localInstant(day, listing.opens, listing.timeZone)
}

/** The instant of a local date (`YYYY-MM-DD`) and time (`HH:MM`); `null` when the date does not exist. */
function localInstant(day: string, time: string, timeZone: string): EpochMs | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // `Date.parse` takes 31 February for 3 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return null
  // The offset is looked up twice, since the first guess may lie across a change of it.
  const guess = asUtc - offsetMs(asUtc, timeZone)
  return asUtc - offsetMs(guess, timeZone)
}

/** How far local time in a zone is ahead of UTC at an instant. */
function offsetMs(instant: EpochMs, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
