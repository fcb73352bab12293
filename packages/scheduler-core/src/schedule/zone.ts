import { CronDate } from 'croner'
import type { EpochMs } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { suggest } from '../options/suggest.ts'

/** Throws `INVALID_OPTIONS` for no IANA time zone, with the nearest name. */
export function checkTimezone(timezone: unknown, path: string): string {
  if (typeof timezone === 'string' && isTimezone(timezone)) return timezone
  const nearest = typeof timezone === 'string' && timezone.length <= 64 ? nearestTimezone(timezone) : null
  refuseOption({ path, value: timezone, expected: 'an IANA time zone such as Europe/Berlin', suggestion: nearest })
}

/** The zone's offset from UTC at an instant, in milliseconds: +3,600,000 for Berlin in winter. */
export type OffsetAt = (instant: EpochMs) => number

/** Reads the platform's time zone data, at about 3 us a call; making a reader takes about 1 ms. */
export function createOffsetReader(timezone: string): OffsetAt {
  // Asks for the second beside the offset. Asked for the offset alone, Intl adds the whole date, which takes twice as
  // long.
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset', second: 'numeric' })
  return (instant) => {
    // "0 GMT+01:00", with seconds where a place kept its own solar time, or just "0 GMT".
    const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(format.format(instant)) ?? []
    const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000
    return sign === '-' ? -offset : offset
  }
}

const OFFSET = /GMT([+-])(\d+):(\d+)(?::(\d+))?/

/**
 * The first second in `(before, after]` with another offset than `before`. There must be exactly one change in between.
 */
export function findOffsetChange(offsetAt: OffsetAt, before: EpochMs, after: EpochMs): EpochMs {
  const offsetMs = offsetAt(before)
  let low = Math.floor(before / 1_000)
  let high = Math.ceil(after / 1_000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * 1_000) === offsetMs) low = middle
    else high = middle
  }
  return high * 1_000
}

/**
 * Refuses bare offsets such as +05:30, which the platform accepts too: they are no zones and have no daylight saving
 * time.
 */
function isTimezone(name: string): boolean {
  if (name === 'UTC') return true
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    // Croner keeps a formatter per zone, so this takes a millisecond only the first time.
    new CronDate(new Date(0), name)
    return true
  } catch {
    return false
  }
}

/** Also finds a zone by its city alone, because people often remember only that. */
function nearestTimezone(name: string): string | null {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  const byName = suggest(name, zones)
  if (byName !== null) return byName
  const cities = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]))
  const city = suggest(name.slice(name.lastIndexOf('/') + 1).replaceAll(' ', '_'), [...cities.keys()])
  return city === null ? null : (cities.get(city) ?? null)
}
