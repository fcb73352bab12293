import { createHeap, type HeapItem, OUTSIDE } from './heap.ts'

/** An item that waits for an instant. It knows the instant and its index in the group of that instant. */
export interface Sleeper {
  /** When to wake it. It may change only while the item is outside. */
  at: number
  /** The index of the item. Only `Sleepers` writes it. */
  place: number
}

/** Items that wait for an instant each. They can be removed earlier. */
export interface Sleepers<T extends Sleeper> {
  /** The earliest instant of all items; `Infinity` when there is none. */
  readonly nextAt: number
  add(item: T): void
  /** Removes the item, unless it is outside already. */
  remove(item: T): void
  /** Removes the items whose instant has come, the earliest first, and calls `woken` with each. */
  wake(now: number, woken: (item: T) => void): void
}

/** The items of one instant. */
interface DueGroup<T> extends HeapItem {
  readonly items: T[]
}

/**
 * The heap holds instants instead of items, because many jobs are due at the same instant: adding one to a known
 * instant takes constant time.
 */
export function createSleepers<T extends Sleeper>(): Sleepers<T> {
  const heap = createHeap<DueGroup<T>>()
  const groups = new Map<number, DueGroup<T>>()

  function groupAt(at: number): DueGroup<T> {
    const known = groups.get(at)
    if (known) return known
    const group: DueGroup<T> = { at, place: OUTSIDE, items: [] }
    groups.set(at, group)
    heap.push(group)
    return group
  }

  function removeGroup(group: DueGroup<T>): void {
    heap.remove(group)
    groups.delete(group.at)
  }

  return {
    get nextAt() {
      return heap.peek()?.at ?? Infinity
    },
    add(item) {
      const { items } = groupAt(item.at)
      item.place = items.length
      items.push(item)
    },
    remove(item) {
      if (item.place === OUTSIDE) return
      const group = groupAt(item.at)
      const last = group.items.pop()
      if (last && last !== item) {
        group.items[item.place] = last
        last.place = item.place
      }
      item.place = OUTSIDE
      if (group.items.length === 0) removeGroup(group)
    },
    wake(now, woken) {
      for (let group = heap.peek(); group && group.at <= now; group = heap.peek()) {
        removeGroup(group)
        for (const item of group.items) {
          item.place = OUTSIDE
          woken(item)
        }
      }
    },
  }
}
