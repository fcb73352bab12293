/** What a heap holds: things that know when they are due, and where in the heap they are. */
export interface HeapItem {
  /** What the heap is ordered by. Changes only while the item is outside. */
  at: number
  /** The heap's own note. */
  place: number
}

/** The place of an item that is in no heap. */
export const OUTSIDE = -1

/** A binary min-heap by `at`. An item is in one heap at most, once, and can be taken out wherever it is. */
export interface Heap<T extends HeapItem> {
  push(item: T): void
  peek(): T | undefined
  /** Takes the item out, unless it is outside already. */
  remove(item: T): void
}

export function createHeap<T extends HeapItem>(): Heap<T> {
  const items: T[] = []
  return {
    peek: () => items[0],
    push(item) {
      items.push(item)
      rise(items, item, items.length - 1)
    },
    remove(item) {
      const { place } = item
      if (place === OUTSIDE) return
      item.place = OUTSIDE
      const last = items.pop()
      if (last === undefined || last === item) return
      const parent = items[(place - 1) >> 1]
      if (parent && last.at < parent.at) rise(items, last, place)
      else sink(items, last, place)
    },
  }
}

/** Finds the item's place from `from` upwards. */
function rise<T extends HeapItem>(items: T[], item: T, from: number): void {
  let place = from
  while (place > 0) {
    const above = (place - 1) >> 1
    const parent = items[above]
    if (!parent || parent.at <= item.at) break
    put(items, parent, place)
    place = above
  }
  put(items, item, place)
}

/** Finds the item's place from `from` downwards. */
function sink<T extends HeapItem>(items: T[], item: T, from: number): void {
  let place = from
  for (;;) {
    let below = 2 * place + 1
    const left = items[below]
    if (!left) break
    const right = items[below + 1]
    const lesser = right && right.at < left.at ? right : left
    if (lesser.at >= item.at) break
    if (lesser === right) below++
    put(items, lesser, place)
    place = below
  }
  put(items, item, place)
}

function put<T extends HeapItem>(items: T[], item: T, place: number): void {
  items[place] = item
  item.place = place
}
