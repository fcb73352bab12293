/** An item of a heap. It knows when it is due and its index in the heap. */
export interface HeapItem {
  /** The heap's key. It may change only while the item is outside the heap. */
  at: number
  /** The index of the item. Only the heap writes it. */
  place: number
}

/** The place of an item that is in no heap. */
export const OUTSIDE = -1

/** A binary min-heap by `at`. An item is in at most one heap, once, and can be removed from any position. */
export interface Heap<T extends HeapItem> {
  push(item: T): void
  peek(): T | undefined
  /** Removes the item, unless it is outside already. */
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

/** Moves the item up from `from` to its place. */
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

/** Moves the item down from `from` to its place. */
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
