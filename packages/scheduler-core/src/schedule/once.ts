import { type EpochMs, type Instant, toIso } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { toEpochMs } from './instant.ts'
import { made } from './made.ts'
import type { OnceSchedule } from './schedule.ts'

/**
 * One due time, from 2001 on; a fraction of a millisecond is dropped. One that has passed when its job is first
 * registered is treated as any late due time: by the job's misfire policy. Throws `INVALID_OPTIONS` for a value that is
 * no instant, and for an earlier one: seconds in the place of milliseconds lie in 1970.
 */
export function once(at: Instant): OnceSchedule {
  const instant = Math.floor(toEpochMs(at, 'once'))
  refuseAncient(instant, 'once')
  return made({ kind: 'once', at: instant })
}

/** Throws `INVALID_OPTIONS` with this path for an instant before 2001. */
export function refuseAncient(at: EpochMs, path: string): void {
  if (at >= EARLIEST) return
  const expected = 'an instant from 2001 on: a Date, or milliseconds since the epoch'
  refuseOption({ path, value: at, received: `${at}, which is ${toIso(at)}`, expected, suggestion: fromSeconds(at) })
}

const EARLIEST = Date.UTC(2001, 0)
const LATEST_MEANT = Date.UTC(2200, 0)

/** The instant in milliseconds, when the value is one in seconds. */
function fromSeconds(value: number): string | null {
  const instant = value * 1_000
  return instant >= EARLIEST && instant < LATEST_MEANT ? String(instant) : null
}
