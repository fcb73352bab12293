import { OUTSIDE } from './heap.ts'

/** An item of a ready queue. It knows its index in the queue. */
export interface Ready {
  readonly priority: number
  /** The index of the item, unless it is outside. Only the queue writes it while the item is inside. */
  place: number
}

/** A priority queue: the highest priority first, and the order of arrival within one priority. */
export interface ReadyQueue<T> {
  readonly isEmpty: boolean
  add(item: T): void
  /** Removes an item that is in the queue. */
  remove(item: T): void
  /** Takes up to `limit` items from the front. */
  take(limit: number): readonly T[]
}

/** The items of one priority. A removed one leaves a gap. An empty lane stays: there are few priorities. */
interface Lane<T> {
  readonly items: (T | null)[]
  /** The index of the first item that was not taken. */
  front: number
  /** How many items wait. */
  size: number
}

/** The cost of taking a batch depends on the batch only, not on how many items wait: items are never sorted. */
export function createReadyQueue<T extends Ready>(): ReadyQueue<T> {
  const lanes = new Map<number, Lane<T>>()
  let size = 0

  function laneOf({ priority }: T): Lane<T> {
    const known = lanes.get(priority)
    if (known) return known
    const lane: Lane<T> = { items: [], front: 0, size: 0 }
    lanes.set(priority, lane)
    return lane
  }

  function takeFrom(lane: Lane<T>, limit: number, taken: T[]): void {
    while (lane.size > 0 && taken.length < limit) {
      const item = lane.items[lane.front++]
      if (!item) continue
      item.place = OUTSIDE
      lane.size--
      taken.push(item)
    }
    if (lane.size === 0) clear(lane)
  }

  return {
    get isEmpty() {
      return size === 0
    },
    add(item) {
      const lane = laneOf(item)
      item.place = lane.items.length
      lane.items.push(item)
      lane.size++
      size++
      if (lane.items.length >= LEAST + 2 * lane.size) close(lane)
    },
    remove(item) {
      const lane = laneOf(item)
      lane.items[item.place] = null
      item.place = OUTSIDE
      lane.size--
      size--
      if (lane.size === 0) clear(lane)
    },
    take(limit) {
      const taken: T[] = []
      for (const priority of [...lanes.keys()].sort((a, b) => b - a)) {
        const lane = lanes.get(priority)
        if (lane && lane.size > 0) takeFrom(lane, limit, taken)
      }
      size -= taken.length
      return taken
    },
  }
}

/** A lane that is never empty closes its gaps when they take more than its items. */
const LEAST = 64

function close(lane: Lane<Ready>): void {
  let place = 0
  for (let index = lane.front; index < lane.items.length; index++) {
    const item = lane.items[index]
    if (!item) continue
    item.place = place
    lane.items[place++] = item
  }
  lane.items.length = place
  lane.front = 0
}

function clear(lane: Lane<unknown>): void {
  lane.items.length = 0
  lane.front = 0
}
