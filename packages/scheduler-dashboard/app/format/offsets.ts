import type { Zone } from './instants.ts'
import { wallTimeAt } from './zoned.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Tells how far local clocks are ahead of UTC at an instant, in milliseconds. */
export type OffsetAt = (atMs: number) => number

export function offsetsOf(zone: Zone): OffsetAt {
  if (zone === undefined) return (atMs) => -new Date(atMs).getTimezoneOffset() * MINUTE_MS
  if (zone === 'UTC') return () => 0
  return (atMs) => Date.parse(`${wallTimeAt(atMs, zone)}Z`) - Math.floor(atMs / 1_000) * 1_000
}

/** The clocks of a zone are set. Forward: an hour of local time is left out; back: one comes twice. */
export interface ClockChange {
  readonly atMs: number
  /** How far they go forward, or back when negative. */
  readonly byMs: number
}

/** Every clock change of a span, to the minute. */
export function clockChanges(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  offsetAt: OffsetAt,
): readonly ClockChange[] {
  const changes: ClockChange[] = []
  for (let at = fromMs; at < toMs; at += DAY_MS) {
    const end = Math.min(at + DAY_MS, toMs)
    const byMs = offsetAt(end) - offsetAt(at)
    if (byMs !== 0) changes.push({ atMs: changeWithin(at, end, offsetAt), byMs })
  }
  return changes
}

function changeWithin(fromMs: number, toMs: number, offsetAt: OffsetAt): number {
  const before = offsetAt(fromMs)
  let [low, high] = [fromMs, toMs]
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS
    if (middle === low) break
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return Math.ceil(high / MINUTE_MS) * MINUTE_MS
}

/** The instant of a local time; of one that comes twice the first, of one that is left out the one after the change. */
export function instantOfLocal(localMs: number, offsetAt: OffsetAt): number {
  const first = localMs - offsetAt(localMs - offsetAt(localMs))
  const earlier = localMs - offsetAt(first - DAY_MS / 8)
  return earlier + offsetAt(earlier) === localMs && earlier < first ? earlier : first
}
