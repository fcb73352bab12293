import { shapeOf } from './fate-shapes.ts'
import { FATES, type Fate } from './fates.ts'
import type { Bin } from './to-bins.ts'
import type { LaneItem } from './to-items.ts'
import type { Mark } from './to-marks.ts'

/** Where the parts of a lane lie, in pixels. */
export const LANE = { height: 44, tick: 5, tickEnd: 12, mark: 25, track: 37, barTop: 14, barEnd: 42, sign: 7 } as const

/** What is drawn of a lane: one path for all of a kind, so that a lane has few elements however much is in it. */
export interface LanePaths {
  /** Ticks where it was due. */
  readonly ticks: string
  /** From where it was due to where it began. */
  readonly lines: string
  /** How long runs took. */
  readonly tracks: string
  readonly bands: readonly { readonly fate: Fate; readonly path: string }[]
  readonly fates: readonly { readonly fate: Fate; readonly path: string }[]
}

export type XOf = (atMs: number) => number

export function toPaths(items: readonly LaneItem[], xOf: XOf): LanePaths {
  const most = Math.max(1, ...items.map((item) => (item.kind === 'bin' ? item.bin.total : 1)))
  const drawing = { ticks: '', lines: '', tracks: '', bands: new Map<Fate, string>(), fates: new Map<Fate, string>() }
  for (const item of items) {
    if (item.kind === 'mark') drawMark(item.mark, xOf, drawing)
    else drawBin(item.bin, { xOf, most }, drawing)
  }
  const { ticks, lines, tracks } = drawing
  return { ticks, lines, tracks, bands: inOrder(drawing.bands), fates: inOrder(drawing.fates) }
}

interface Drawing {
  ticks: string
  lines: string
  tracks: string
  readonly bands: Map<Fate, string>
  readonly fates: Map<Fate, string>
}

function drawMark(mark: Mark, xOf: XOf, drawing: Drawing): void {
  const { fate, dueMs, atMs, untilMs, count, entry } = mark
  const x = round(xOf(atMs))
  const due = dueMs === null ? null : round(xOf(dueMs))
  if (due !== null) drawing.ticks += `M${due} ${LANE.tick}V${LANE.tickEnd}`
  if (entry?.kind === 'run') {
    if (due !== null) drawing.lines += `M${due} ${LANE.tickEnd}L${x} ${LANE.mark - 4}`
    const end = untilMs === null ? x : round(xOf(untilMs))
    if (end - x >= 2) drawing.tracks += `M${x} ${LANE.track}H${end}`
  }
  if (count > 1 && untilMs !== null) {
    const end = Math.max(x + 4, round(xOf(untilMs)))
    put(drawing.bands, fate, `M${x - 2} ${LANE.mark - 7}H${end + 2}V${LANE.mark + 7}H${x - 2}z`)
    put(drawing.fates, fate, shapeOf(fate, { x: round((x + end) / 2), y: LANE.mark }))
    drawing.ticks += `M${end} ${LANE.tick}V${LANE.tickEnd}`
    return
  }
  put(drawing.fates, fate, shapeOf(fate, { x, y: LANE.mark }))
}

/** A bar as high as its count; the worst of it lies on top, and has its sign above. */
function drawBin(bin: Bin, { xOf, most }: { readonly xOf: XOf; readonly most: number }, drawing: Drawing): void {
  const [start, end] = [round(xOf(bin.fromMs)), round(xOf(bin.toMs))]
  const width = Math.max(3, end - start - 1)
  const height = Math.max(6, (LANE.barEnd - LANE.barTop) * (bin.total / most))
  let y = LANE.barEnd
  for (const fate of [...FATES].reverse()) {
    const count = bin.counts[fate] ?? 0
    if (count === 0) continue
    const part = Math.max(2, (height * count) / bin.total)
    y -= part
    put(drawing.fates, fate, `M${start} ${round(y)}h${width}v${round(part)}h${-width}z`)
  }
  const isPlain = bin.worst === 'ran' || bin.worst === 'coming'
  if (!isPlain) put(drawing.fates, bin.worst, shapeOf(bin.worst, { x: start + width / 2, y: LANE.sign, r: 4 }))
}

function put(paths: Map<Fate, string>, fate: Fate, path: string): void {
  paths.set(fate, (paths.get(fate) ?? '') + path)
}

/** The worst is drawn last, above the others. */
function inOrder(paths: ReadonlyMap<Fate, string>) {
  return [...FATES].reverse().flatMap((fate) => {
    const path = paths.get(fate)
    return path === undefined ? [] : [{ fate, path }]
  })
}

function round(value: number): number {
  return Math.round(value * 2) / 2
}
