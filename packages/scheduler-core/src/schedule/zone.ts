import { CronDate } from 'croner'
import type { EpochMs } from '../clock.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { FOREIGN_ZONES } from './foreign-zones.ts'
import { nearestZone } from './nearest-zone.ts'

/**
 * Throws `INVALID_OPTIONS` for no IANA time zone, with the zone that is probably meant. That includes names that only ICU
 * takes for zones, often of another continent, such as BST for Asia/Dhaka.
 */
export function checkTimezone(timezone: unknown, path: string): string {
  if (typeof timezone !== 'string' || timezone.length > MAX_NAME)
    refuseOption({ path, value: timezone, expected: ZONE })
  const foreign = FOREIGN.get(timezone.toLowerCase())
  if (foreign) refuseOption({ path, value: timezone, expected: insteadOf(foreign), suggestion: foreign.meant })
  if (isTimezone(timezone)) return timezone
  refuseOption({ path, value: timezone, expected: ZONE, suggestion: nearestZone(timezone, isTimezone) })
}

const MAX_NAME = 64
const ZONE = 'an IANA time zone such as Europe/Berlin'

interface ForeignZone {
  readonly name: string
  /** The zone that ICU takes it for; the name itself where ICU has a zone of its own. */
  readonly taken: string
  readonly meant: string
}

/** By their names in lower case, because the platform ignores case. */
const FOREIGN: ReadonlyMap<string, ForeignZone> = new Map(
  FOREIGN_ZONES.trim()
    .split('\n')
    .map((line) => {
      const [name = '', taken = '', meant = ''] = line.split(' ')
      return [name.toLowerCase(), { name, taken, meant }]
    }),
)

function insteadOf({ name, taken, meant }: ForeignZone): string {
  const reading = taken === meant || taken === name ? 'only an old name in ICU' : `read as ${taken} by ICU`
  return `an IANA time zone such as ${meant}; ${name} is none, and ${reading}`
}

/** Whether a zone is UTC under one of its names, or an offset of whole hours: no version of the data changes it. */
export function isFixedZone(timezone: string): boolean {
  return FIXED.test(timezone)
}

const FIXED = /^(?:(?:Etc\/)?(?:UTC|UCT|GMT|Universal|Zulu|Greenwich|GMT[+-]?\d{1,2}))$/i

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
