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
interface Crowd<T> extends HeapItem {
  readonly items: T[]
}

/** Many jobs are due at one moment, so it is moments that the heap holds: a job among others costs the same however many sleep. */
export function createSleepers<T extends Sleeper>(): Sleepers<T> {
  const heap = createHeap<Crowd<T>>()
  const crowds = new Map<number, Crowd<T>>()

  function crowdAt(at: number): Crowd<T> {
    const known = crowds.get(at)
    if (known) return known
    const crowd: Crowd<T> = { at, place: OUTSIDE, items: [] }
    crowds.set(at, crowd)
    heap.push(crowd)
    return crowd
  }

  function disperse(crowd: Crowd<T>): void {
    heap.remove(crowd)
    crowds.delete(crowd.at)
  }

  return {
    get nextAt() {
      return heap.peek()?.at ?? Infinity
    },
    add(item) {
      const { items } = crowdAt(item.at)
      item.place = items.length
      items.push(item)
    },
    remove(item) {
      if (item.place === OUTSIDE) return
      const crowd = crowdAt(item.at)
      const last = crowd.items.pop()
      if (last && last !== item) {
        crowd.items[item.place] = last
        last.place = item.place
      }
      item.place = OUTSIDE
      if (crowd.items.length === 0) disperse(crowd)
    },
    wake(now) {
      const woken: T[] = []
      for (let crowd = heap.peek(); crowd && crowd.at <= now; crowd = heap.peek()) {
        disperse(crowd)
        for (const item of crowd.items) {
          item.place = OUTSIDE
          woken.push(item)
        }
      }
      return woken
    },
  }
}
