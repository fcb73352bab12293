import { createHeap, type HeapItem, OUTSIDE } from './heap.ts'

/** What can sleep: it knows when it wants to be woken, and where it lies. */
export interface Sleeper {
  /** Changes only while it is awake. */
  at: number
  /** The sleepers' own note. */
  place: number
}

/** Things that sleep until an instant each; they can be taken out before. */
export interface Sleepers<T extends Sleeper> {
  /** When the next one wants to be woken; `Infinity` when none does. */
  readonly nextAt: number
  add(item: T): void
  /** Takes the item out, unless it is outside already. */
  remove(item: T): void
  /** Takes out those whose instant has come, the earliest first. */
  wake(now: number): readonly T[]
}

/** Those that want to be woken at one instant. */
interface DueGroup<T> extends HeapItem {
  readonly items: T[]
}

/** Many jobs are due at one moment, so it is moments that the heap holds: a job among others costs the same however many sleep. */
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
    wake(now) {
      const woken: T[] = []
      for (let group = heap.peek(); group && group.at <= now; group = heap.peek()) {
        removeGroup(group)
        for (const item of group.items) {
          item.place = OUTSIDE
          woken.push(item)
        }
      }
      return woken
    },
  }
}
