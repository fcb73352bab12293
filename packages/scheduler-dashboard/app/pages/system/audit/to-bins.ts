import { addCounts, type Fate, type FateCounts, totalOf, worstOf } from './fates.ts'
import type { Mark, Span } from './to-marks.ts'

/** Due times that lie too close to be told apart, counted together. */
export interface Bin {
  readonly key: string
  readonly fromMs: number
  readonly toMs: number
  readonly counts: FateCounts
  readonly total: number
  readonly worst: Fate
}

const MINUTE_MS = 60_000
/** Widths that a reader can say; in minutes. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS)

/** The narrowest width of which at most `most` fill the span. */
export function binWidth({ fromMs, toMs }: Span, most: number): number {
  const least = (toMs - fromMs) / Math.max(1, most)
  return WIDTHS.find((width) => width >= least) ?? Math.ceil(least / MINUTE_MS) * MINUTE_MS
}

/** Counts marks by their time. A mark that is a range of due times counts where it begins. */
export function toBins(marks: readonly Mark[], span: Span, width: number): readonly Bin[] {
  const places = new Map<number, FateCounts>()
  for (const { atMs, dueMs, fate, count } of marks) {
    const at = Math.floor(Math.max(dueMs ?? atMs, span.fromMs) / width) * width
    places.set(at, addCounts(places.get(at) ?? {}, { [fate]: count }))
  }
  return [...places].sort(([one], [other]) => one - other).map(([fromMs, counts]) => binOf(fromMs, width, counts))
}

export function binOf(fromMs: number, width: number, counts: FateCounts): Bin {
  return { key: `bin ${fromMs}`, fromMs, toMs: fromMs + width, counts, total: totalOf(counts), worst: worstOf(counts) }
}
