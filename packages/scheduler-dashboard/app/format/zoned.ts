import type { Zone } from './instants.ts'

/** The time of a clock on the wall, such as `2026-03-29T02:30:00`. */
export type WallTime = string

/**
 * The instants at which a wall clock in a zone shows a time: one for most, none for a time that a change of the clocks
 * leaves out, two for one that it repeats. Empty for a text that is no time.
 */
export function instantsAt(wall: WallTime, zone: Zone): readonly number[] {
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return []
  // Every offset that the zone has around this time is tried.
  const offsets = new Set([-DAY_MS, 0, DAY_MS].map((step) => offsetAt(asUtc + step, zone)))
  return [...offsets]
    .map((offset) => asUtc - offset)
    .filter((atMs) => atMs + offsetAt(atMs, zone) === asUtc)
    .sort((one, other) => one - other)
}

/** What a wall clock in a zone shows at an instant, to the second, as an input of a date and a time takes it. */
export function wallTimeAt(atMs: number, zone: Zone): WallTime {
  return new Date(atMs + offsetAt(atMs, zone)).toISOString().slice(0, 19)
}

const DAY_MS = 86_400_000

function offsetAt(atMs: number, zone: Zone): number {
  const whole = Math.floor(atMs / 1_000) * 1_000
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...(zone !== undefined && { timeZone: zone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(whole)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - whole
}
