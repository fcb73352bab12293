/** What waits its turn: the highest priority first, and within one priority in the order of arrival. */
export interface ReadyQueue<T> {
  readonly isEmpty: boolean
  add(item: T, priority: number): void
  /** Takes the item out, unless it is not here. */
  remove(item: T): void
  /** Takes up to `limit` items from the front. */
  take(limit: number): readonly T[]
}

/** Taking a batch costs what the batch holds, however many wait: they are never sorted. */
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
