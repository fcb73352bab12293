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
  readonly bands: readonly FatePath[]
  /** Shapes that touch lie in different layers: filled by even and odd, they would cut holes into each other. */
  readonly fates: readonly FatePath[]
}

interface FatePath {
  readonly key: string
  readonly fate: Fate
  readonly path: string
}

export type XOf = (atMs: number) => number

export function toPaths(items: readonly LaneItem[], xOf: XOf): LanePaths {
  const most = usualMost(items)
  const drawing: Drawing = { ticks: '', lines: '', tracks: '', bands: new Map(), fates: new Map(), ends: new Map() }
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
  readonly bands: Map<string, FatePath>
  readonly fates: Map<string, FatePath>
  /** Where the last shape of a layer ends. */
  readonly ends: Map<string, number>
}

/** A full bar: twice of what is usual at most, so that one burst does not flatten the others. */
function usualMost(items: readonly LaneItem[]): number {
  const totals = items.flatMap((item) => (item.kind === 'bin' ? [item.bin.total] : [])).sort((a, b) => a - b)
  const [middle = 1, last = 1] = [totals[Math.floor(totals.length / 2)], totals.at(-1)]
  return Math.max(1, Math.min(last, middle * 2))
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
    putShape(drawing, fate, round((x + end) / 2))
    drawing.ticks += `M${end} ${LANE.tick}V${LANE.tickEnd}`
    return
  }
  putShape(drawing, fate, x)
}

/** A bar as high as its count; the worst of it lies on top, and has its sign above. */
function drawBin(bin: Bin, { xOf, most }: { readonly xOf: XOf; readonly most: number }, drawing: Drawing): void {
  const [start, end] = [round(xOf(bin.fromMs)), round(xOf(bin.toMs))]
  const width = Math.max(3, end - start - 1)
  const height = Math.max(6, (LANE.barEnd - LANE.barTop) * Math.min(1, bin.total / most))
  let y = LANE.barEnd
  for (const fate of [...FATES].reverse()) {
    const count = bin.counts[fate] ?? 0
    if (count === 0) continue
    const part = Math.max(2, (height * count) / bin.total)
    y -= part
    put(drawing.fates, fate, `M${start} ${round(y)}h${width}v${round(part)}h${-width}z`)
  }
  const isPlain = bin.worst === 'ran' || bin.worst === 'coming'
  if (isPlain) return
  const x = start + width / 2
  // Where bars are narrower than signs, the signs of some stand for their neighbours too.
  if ((drawing.ends.get('sign') ?? Number.NEGATIVE_INFINITY) > x - SIGN_PX) return
  drawing.ends.set('sign', x)
  put(drawing.fates, bin.worst, shapeOf(bin.worst, { x, y: LANE.sign, r: 4 }))
}

function put(paths: Map<string, FatePath>, fate: Fate, path: string, key: string = fate): void {
  paths.set(key, { key, fate, path: (paths.get(key)?.path ?? '') + path })
}

const LAYERS = 2

/** A shape in the first layer where it does not touch the one before. */
function putShape({ fates, ends }: Drawing, fate: Fate, x: number): void {
  const keys = Array.from({ length: LAYERS }, (_, layer) => `${fate} ${layer}`)
  const key = keys.find((one) => (ends.get(one) ?? Number.NEGATIVE_INFINITY) <= x - REACH) ?? `${fate} ${LAYERS}`
  ends.set(key, x + REACH)
  put(fates, fate, shapeOf(fate, { x, y: LANE.mark }), key)
}

const SIGN_PX = 10

/** Half of what a shape takes. */
const REACH = 6

/** The worst is drawn last, above the others. */
function inOrder(paths: ReadonlyMap<string, FatePath>): readonly FatePath[] {
  const rank = ({ fate }: FatePath) => FATES.indexOf(fate)
  return [...paths.values()].sort((one, other) => rank(other) - rank(one))
}

function round(value: number): number {
  return Math.round(value * 2) / 2
}
