import type { EpochMs } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'

/** The earliest and latest instants that a `Date` holds are this far from the epoch. */
export const MAX_INSTANT = 8.64e15

/** A `Date` or milliseconds since the epoch, as the latter. Throws `INVALID_OPTIONS` for what is no instant. */
export function toInstant(value: Date | EpochMs, path: string): EpochMs {
  const instant = value instanceof Date ? value.getTime() : value
  if (typeof instant === 'number' && Math.abs(instant) <= MAX_INSTANT) return instant
  const expected = 'a Date, or milliseconds since the epoch'
  return refuseOption({ path, value, expected })
}
