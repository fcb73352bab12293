import { type LaneItem, nearestItem } from './to-items.ts'

/** Where the reader is: a lane, and an item in it; `null` is the lane as a whole. */
export interface PicturePlace {
  readonly lane: number
  readonly key: string | null
}

export interface PictureShape {
  readonly lanes: number
  readonly itemsOf: (lane: number) => readonly LaneItem[]
}

const PAGE = 8

/** Where a key leads to; `null` when it does not walk. */
export function walkPicture(key: string, at: PicturePlace, shape: PictureShape): PicturePlace | null {
  const across = LANE_STEPS[key]
  if (across !== undefined) return toLane(at, across, shape)
  const items = shape.itemsOf(at.lane)
  const index = items.findIndex((item) => item.key === at.key)
  const next = INDEX[key]?.(index === -1 ? presentOf(items) : index, items.length)
  if (next === undefined) return null
  const item = items[Math.max(0, Math.min(items.length - 1, next))]
  return { lane: at.lane, key: item?.key ?? null }
}

/** Behind the last item that is not of the future: from a lane as a whole, the first step goes to that. */
function presentOf(items: readonly LaneItem[]): number {
  const coming = items.findIndex((item) => (item.kind === 'bin' ? item.bin.worst : item.mark.fate) === 'coming')
  return coming === -1 ? items.length : coming
}

/** Another lane, at the item that is nearest in time. */
function toLane(at: PicturePlace, step: number, { lanes, itemsOf }: PictureShape): PicturePlace {
  const lane = Math.max(0, Math.min(lanes - 1, at.lane + step))
  const from = itemsOf(at.lane).find((item) => item.key === at.key)
  return { lane, key: from ? (nearestItem(itemsOf(lane), from.atMs)?.key ?? null) : null }
}

const LANE_STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  k: -1,
  j: 1,
  PageUp: -PAGE,
  PageDown: PAGE,
}

const INDEX: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
}
