import { instantOfLocal, type OffsetAt } from './offsets.ts'
import type { Span } from './span.ts'
import type { Tick } from './tick.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080].map((minutes) => minutes * MINUTE_MS)

/** Round local times of a span, at most `most`, and the beginning of every day. A day may have 23 or 25 hours. */
export function ticksOf(span: Span, most: number, offsetAt: OffsetAt): readonly Tick[] {
  const least = (span.toMs - span.fromMs) / Math.max(1, most)
  const step = STEPS.find((one) => one >= least) ?? 31 * DAY_MS
  const found = new Map<number, Tick>()
  for (const [every, isDay] of [[step, false] as const, [Math.max(step, DAY_MS), true] as const]) {
    const last = span.toMs + offsetAt(span.toMs)
    for (let local = Math.ceil((span.fromMs + offsetAt(span.fromMs)) / every) * every; local <= last; local += every) {
      const atMs = instantOfLocal(local, offsetAt)
      if (atMs >= span.fromMs && atMs <= span.toMs) found.set(atMs, { atMs, isDay: isDay || local % DAY_MS === 0 })
    }
  }
  return [...found.values()].sort((one, other) => one.atMs - other.atMs)
}
