import type { EpochMs } from '../clock.ts'
import type { ParsedPattern } from './cron-pattern.ts'
import { MAX_INSTANT } from './instant.ts'
import { countMatches, lastMatch, nextMatch, type WallMs } from './wall-clock.ts'
import type { ZoneSpan, ZoneSpans } from './zone-spans.ts'

/**
 * A cron pattern in a time zone. Stepping patterns are due whenever the wall clock shows a match. A fixed time is due
 * once: at the first instant at which wall clocks have reached it. So one inside a gap is due when the gap ends,
 * several of one gap fall together, and one in a repeated hour is due the first time only.
 */
export interface Timetable {
  readonly pattern: ParsedPattern
  readonly zone: ZoneSpans
}

/** The first due time strictly after the whole millisecond `after`. */
export function nextIn({ pattern, zone }: Timetable, after: EpochMs): EpochMs | null {
  let span = zone.at(after)
  let wall = Math.max(after + span.offsetMs, openFrom(pattern, span) - 1)
  for (;;) {
    const match = nextMatch(pattern, wall)
    if (match === null) return null
    if (match < span.endAt + span.offsetMs) {
      const due = Math.max(match - span.offsetMs, span.startAt)
      return due <= MAX_INSTANT ? due : null
    }
    if (span.endAt > MAX_INSTANT) return null
    span = zone.at(span.endAt)
    wall = openFrom(pattern, span) - 1
  }
}

/** The last due time at or before the whole millisecond `upTo`. */
export function lastIn({ pattern, zone }: Timetable, upTo: EpochMs): EpochMs | null {
  let span = zone.at(upTo)
  let wall = upTo + span.offsetMs
  for (;;) {
    const match = lastMatch(pattern, wall)
    if (match === null) return null
    if (match >= openFrom(pattern, span)) {
      const due = Math.max(match - span.offsetMs, span.startAt)
      return due >= -MAX_INSTANT ? due : null
    }
    if (span.startAt < -MAX_INSTANT) return null
    span = zone.at(span.startAt - 1)
    wall = span.endAt + span.offsetMs - 1
  }
}

/** How many due times are in `(after, upTo]`, at a cost of about one look per month and per change of the clocks. */
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

/** 1 when something is due at the very start of the span: a match there, or any number of them in the gap before. */
function countAtStart(pattern: ParsedPattern, span: ZoneSpan): 0 | 1 {
  const match = nextMatch(pattern, openFrom(pattern, span) - 1)
  return match !== null && match <= span.startAt + span.offsetMs ? 1 : 0
}

/** The first wall time for which this span is the one that makes it due. */
function openFrom(pattern: ParsedPattern, span: ZoneSpan): WallMs {
  return pattern.fixedTime ? span.wallReached : span.startAt + span.offsetMs
}
