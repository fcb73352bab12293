import type { EpochMs } from '../clock.ts'
import { toInstant } from './instant.ts'
import type { OnceSchedule } from './schedule.ts'

/** One due time; a fraction of a millisecond is dropped. Throws `INVALID_OPTIONS` for what is no instant. */
export function once(at: Date | EpochMs): OnceSchedule {
  return Object.freeze({ kind: 'once', at: Math.floor(toInstant(at, 'once')) })
}
