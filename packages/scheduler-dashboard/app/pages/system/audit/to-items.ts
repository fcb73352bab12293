import type { Span } from '../../../format/span.ts'
import type { LaneData } from './load-lane.ts'
import { type Bin, binWidth, toBins } from './to-bins.ts'
import type { Mark } from './to-marks.ts'

/** What the pointer and the arrows meet in a lane, oldest first. */
export type LaneItem =
  | { readonly kind: 'mark'; readonly key: string; readonly atMs: number; readonly mark: Mark }
  | { readonly kind: 'bin'; readonly key: string; readonly atMs: number; readonly bin: Bin }

export interface LaneView {
  readonly items: readonly LaneItem[]
  /** Of bars that stand for several due times; `null` when each has a mark of its own. */
  readonly binMs: number | null
  /** Whether the bars count by the time of settling, since the server counted. */
  readonly isBySettling: boolean
}

/** A mark takes so many pixels, and so does a bar. */
const MARK_PX = 11
const BAR_PX = 10

/** Marks where there is room for each, else bars with counts. */
export function toLaneView(data: LaneData, span: Span, widthPx: number): LaneView {
  if (data.kind === 'bins') return { items: data.bins.map(ofBin), binMs: data.width, isBySettling: true }
  const { marks } = data
  if (marks.length * MARK_PX <= widthPx || marks.length < 8) {
    return { items: marks.map(ofMark), binMs: null, isBySettling: false }
  }
  const width = binWidth(span, widthPx / BAR_PX)
  return { items: toBins(marks, span, width).map(ofBin), binMs: width, isBySettling: false }
}

function ofMark(mark: Mark): LaneItem {
  return { kind: 'mark', key: mark.key, atMs: mark.atMs, mark }
}

function ofBin(bin: Bin): LaneItem {
  return { kind: 'bin', key: bin.key, atMs: (bin.fromMs + bin.toMs) / 2, bin }
}

/** The item that lies nearest to an instant; `null` in an empty lane. */
export function nearestItem(items: readonly LaneItem[], atMs: number): LaneItem | null {
  let best: LaneItem | null = null
  for (const item of items) {
    if (best === null || Math.abs(item.atMs - atMs) <= Math.abs(best.atMs - atMs)) best = item
  }
  return best
}

/** Further from a mark than this, the pointer is at none. */
const REACH_PX = 14

/** Whether the pointer is at an item. */
export function isReached(item: LaneItem, x: number, xOf: (atMs: number) => number): boolean {
  if (item.kind === 'bin') return x >= xOf(item.bin.fromMs) - 2 && x <= xOf(item.bin.toMs) + 2
  const { atMs, untilMs, count, dueMs } = item.mark
  const start = Math.min(xOf(atMs), dueMs === null ? Number.POSITIVE_INFINITY : xOf(dueMs))
  const end = count > 1 && untilMs !== null ? xOf(untilMs) : xOf(atMs)
  return x >= start - REACH_PX && x <= end + REACH_PX
}
