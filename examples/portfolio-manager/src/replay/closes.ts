import { localInstant, offsetMs } from '@pm/scheduler-market-data'

import type { Instrument } from './instruments.ts'

/** When a trading day ended. */
export interface Close {
  /** In seconds since the Unix epoch. */
  readonly closedAt: number
  readonly utcOffsetMs: number
}

/** Finds the closes of days. Each is computed once, since thousands of symbols share the days and a zone is slow to read. */
export interface Closes {
  /** `null` for a day that no calendar has. */
  of(day: string, instrument: Pick<Instrument, 'closes' | 'timeZone'>): Close | null
}

export function createCloses(): Closes {
  const known = new Map<string, Close | null>()
  return {
    of(day, { closes, timeZone }) {
      const key = `${day} ${closes} ${timeZone}`
      const close = known.get(key)
      if (close !== undefined) return close
      const at = localInstant({ day, time: closes, timeZone })
      const found = at === null ? null : { closedAt: at / 1000, utcOffsetMs: offsetMs(at, timeZone) }
      known.set(key, found)
      return found
    },
  }
}
