import type { EpochMs } from '../clock.ts'
import { timetableOf } from './compiled-cron.ts'
import type { CronSchedule } from './schedule.ts'
import type { WallMs } from './wall-clock.ts'
import type { ZoneSpan } from './zone-spans.ts'

/** The latest local time that the clocks of a schedule's zone have shown by an instant. */
export function wallReachedAt(schedule: CronSchedule, at: EpochMs): WallMs {
  const span = timetableOf(schedule).zone.at(at)
  return Math.max(at + span.offsetMs, span.wallReached)
}

/** The first instant from `from` on by which the clocks of a schedule's zone have shown a local time. */
export function whenReached(schedule: CronSchedule, wall: WallMs, from: EpochMs): EpochMs {
  const { zone } = timetableOf(schedule)
  let at = from
  let span = zone.at(at)
  while (!isReached(span, wall)) {
    at = span.endAt
    span = zone.at(at)
  }
  return span.wallReached >= wall ? at : Math.max(at, wall - span.offsetMs)
}

/** Whether the clocks show the local time before the span ends. The last span has no end. */
function isReached({ wallReached, endAt, offsetMs }: ZoneSpan, wall: WallMs): boolean {
  return wallReached >= wall || wall < endAt + offsetMs
}
