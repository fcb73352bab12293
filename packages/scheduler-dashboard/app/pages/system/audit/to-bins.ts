import type { Span } from '../../../format/span.ts'
import { addCounts, type Fate, type FateCounts, totalOf, worstOf } from './fates.ts'
import type { Mark } from './to-marks.ts'

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

/** Counts marks by their time; the due times of a range are spread over it evenly, as they were due. */
export function toBins(marks: readonly Mark[], span: Span, width: number): readonly Bin[] {
  const places = new Map<number, FateCounts>()
  for (const mark of marks) {
    for (const [atMs, count] of spread(mark, span, width)) {
      const at = Math.floor(atMs / width) * width
      places.set(at, addCounts(places.get(at) ?? {}, { [mark.fate]: count }))
    }
  }
  return [...places].sort(([one], [other]) => one - other).map(([fromMs, counts]) => binOf(fromMs, width, counts))
}

/** Instants with how many due times lie at or after each, one for each bin at most. */
function spread(
  { atMs, dueMs, untilMs, count }: Mark,
  span: Span,
  width: number,
): readonly (readonly [number, number])[] {
  const startMs = Math.max(dueMs ?? atMs, span.fromMs)
  if (count === 1 || untilMs === null || dueMs === null) return [[startMs, count]]
  const everyMs = (untilMs - dueMs) / (count - 1)
  const found = new Map<number, number>()
  for (let index = 0; index < count; index++) {
    const at = Math.floor((dueMs + index * everyMs) / width) * width
    if (at + width > span.fromMs && at < span.toMs) found.set(at, (found.get(at) ?? 0) + 1)
  }
  return [...found]
}

export function binOf(fromMs: number, width: number, counts: FateCounts): Bin {
  return { key: `bin ${fromMs}`, fromMs, toMs: fromMs + width, counts, total: totalOf(counts), worst: worstOf(counts) }
}
