import type { EpochMs, Instant } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'

/** The greatest distance from the epoch, in milliseconds, that a `Date` can hold. */
export const MAX_INSTANT = 8.64e15

/** An instant in milliseconds. Throws `INVALID_OPTIONS` with this path for an invalid `Date` and for no instant. */
export function toEpochMs(value: Instant, path: string): EpochMs {
  const instant = value instanceof Date ? value.getTime() : value
  if (typeof instant === 'number' && Math.abs(instant) <= MAX_INSTANT) return instant
  const expected = 'a Date, or milliseconds since the epoch'
  return refuseOption({ path, value, expected })
}
