import type { Instant } from '../clock.ts'
import { toEpochMs } from './instant.ts'
import type { OnceSchedule } from './schedule.ts'

/** One due time; a fraction of a millisecond is dropped. Throws `INVALID_OPTIONS` for a value that is no instant. */
export function once(at: Instant): OnceSchedule {
  return Object.freeze({ kind: 'once', at: Math.floor(toEpochMs(at, 'once')) })
}
