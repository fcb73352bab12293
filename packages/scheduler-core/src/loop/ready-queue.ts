/** A priority queue: the highest priority first, and the order of arrival within one priority. */
export interface ReadyQueue<T> {
  readonly isEmpty: boolean
  add(item: T, priority: number): void
  /** Removes the item, if it is in the queue. */
  remove(item: T): void
  /** Takes up to `limit` items from the front. */
  take(limit: number): readonly T[]
}

/** The cost of taking a batch depends on the batch only, not on how many items wait: items are never sorted. */
export function createReadyQueue<T>(): ReadyQueue<T> {
  const byPriority = new Map<number, Set<T>>()

  return {
    get isEmpty() {
      return byPriority.size === 0
    },
    add(item, priority) {
      const items = byPriority.get(priority) ?? new Set()
      byPriority.set(priority, items.add(item))
    },
    remove(item) {
      for (const [priority, items] of byPriority) {
        if (!items.delete(item)) continue
        if (items.size === 0) byPriority.delete(priority)
        return
      }
    },
    take(limit) {
      const taken: T[] = []
      for (const priority of [...byPriority.keys()].sort((a, b) => b - a)) {
        const items = byPriority.get(priority) ?? new Set()
        for (const item of items) {
          if (taken.length === limit) return taken
          items.delete(item)
          taken.push(item)
        }
        byPriority.delete(priority)
      }
      return taken
    },
  }
}
