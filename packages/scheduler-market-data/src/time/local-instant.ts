import type { EpochMs } from '@pm/scheduler-core'

import { createZone } from './zone.ts'

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** `HH:MM`. */
  readonly time: string
  /** An IANA zone. */
  readonly timeZone: string
}

/** The instant of a local date and time, such as an exchange's close; `null` when there is no such date. */
export function localInstant({ day, time, timeZone }: LocalTime): EpochMs | null {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // `Date.parse` reads 31 February as 3 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return null
  return createZone(timeZone, 'timeZone').instantOf(asUtc)
}

/** How far local time in a zone is ahead of UTC at an instant. */
export function offsetMs(instant: EpochMs, timeZone: string): number {
  return createZone(timeZone, 'timeZone').offsetMs(instant)
}
