import type { EpochMs } from '../clock.ts'
import type { ParsedPattern } from './cron-pattern.ts'
import { MAX_INSTANT } from './instant.ts'
import { countMatches, lastMatch, nextMatch, type WallMs } from './wall-clock.ts'
import type { ZoneSpan, ZoneSpans } from './zone-spans.ts'

/**
 * A cron pattern in a time zone. A stepping pattern is due whenever the wall clock shows a match. A fixed time is due
 * once, at the first instant at which the wall clock has reached it: a time inside a gap is due when the gap ends,
 * several times in one gap become one due time, and a time in a repeated hour is due the first time only.
 */
export interface Timetable {
  readonly pattern: ParsedPattern
  readonly zone: ZoneSpans
}

/** The first due time strictly after the whole millisecond `after`. */
export function nextIn({ pattern, zone }: Timetable, after: EpochMs): EpochMs | null {
  let at = after + 1
  while (at <= MAX_INSTANT) {
    const span = zone.at(at)
    const wall = at > span.startAt ? Math.max(at + span.offsetMs, openFrom(pattern, span)) : openFrom(pattern, span)
    const match = nextMatch(pattern, wall - 1)
    if (match === null) return null
    const wallEnd = span.endAt + span.offsetMs
    if (match < wallEnd) return upToMax(Math.max(match - span.offsetMs, span.startAt))
    // Nothing matches before `match`. When the search came from far before the span's end, that includes all wall time
    // that a later span repeats, so it can skip ahead to `match`.
    at = wall < wallEnd - CLEARANCE_MS ? Math.max(span.endAt, match - CLEARANCE_MS) : span.endAt
  }
  return null
}

/** The last due time at or before the whole millisecond `upTo`. */
export function lastIn({ pattern, zone }: Timetable, upTo: EpochMs): EpochMs | null {
  let at = upTo
  while (at >= -MAX_INSTANT) {
    const span = zone.at(at)
    const wall = at + span.offsetMs
    const match = lastMatch(pattern, wall)
    if (match === null) return null
    if (match >= openFrom(pattern, span)) return fromMin(Math.max(match - span.offsetMs, span.startAt))
    const far = wall > span.startAt + span.offsetMs + CLEARANCE_MS
    at = far ? Math.min(span.startAt - 1, match + CLEARANCE_MS) : span.startAt - 1
  }
  return null
}

/**
 * How many due times are in `(after, upTo]`. The cost grows with the number of months and clock changes, not of due
 * times.
 */
export function countIn({ pattern, zone }: Timetable, after: EpochMs, upTo: EpochMs): number {
  let count = 0
  for (let from = after; from < upTo; ) {
    const span = zone.at(from)
    const reached = Math.min(upTo, span.endAt - 1)
    if (reached > from) count += countWithin(pattern, span, { after: from, upTo: reached })
    if (span.endAt > upTo) break
    count += countAtStart(pattern, zone.at(span.endAt))
    from = span.endAt
  }
  return count
}

/** Due times of `(after, upTo]`, both inside the span. */
function countWithin(pattern: ParsedPattern, span: ZoneSpan, range: { after: EpochMs; upTo: EpochMs }): number {
  const from = Math.max(range.after + span.offsetMs, openFrom(pattern, span) - 1)
  return countMatches(pattern, from, range.upTo + span.offsetMs)
}

/**
 * 1 when a due time is exactly at the start of the span: a match there, or one or more matches in the gap before; else
 * 0.
 */
function countAtStart(pattern: ParsedPattern, span: ZoneSpan): 0 | 1 {
  const match = nextMatch(pattern, openFrom(pattern, span) - 1)
  return match !== null && match <= span.startAt + span.offsetMs ? 1 : 0
}

/** The first wall time that becomes due in this span. */
function openFrom(pattern: ParsedPattern, span: ZoneSpan): WallMs {
  return pattern.fixedTime ? span.wallReached : span.startAt + span.offsetMs
}

/**
 * Zones are less than 16 h from UTC, and no change moves a clock by more than 24 h. Changes further away than this
 * cannot affect a wall time.
 */
const CLEARANCE_MS = 2 * 86_400_000

function upToMax(due: EpochMs): EpochMs | null {
  return due <= MAX_INSTANT ? due : null
}

function fromMin(due: EpochMs): EpochMs | null {
  return due >= -MAX_INSTANT ? due : null
}
