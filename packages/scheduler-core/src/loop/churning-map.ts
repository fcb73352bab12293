/**
 * A map whose entries come and go all the time. A `Map` of V8 makes a new table whenever it is full of deleted entries, and
 * every table that it had refers to the next: one that the collector has moved to the old generation keeps all later ones
 * alive, with their entries, until the next full collection. So this map begins a new `Map` now and then.
 */
export class ChurningMap<K, V> {
  #entries = new Map<K, V>()
  /** How many entries were deleted since the `Map` is in use. */
  #deleted = 0

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    return this.#entries.get(key)
  }

  has(key: K): boolean {
    return this.#entries.has(key)
  }

  set(key: K, value: V): void {
    this.#entries.set(key, value)
  }

  delete(key: K): void {
    if (!this.#entries.delete(key) || ++this.#deleted < LEAST + this.#entries.size) return
    this.#entries = new Map(this.#entries)
    this.#deleted = 0
  }

  /** The values, in the order in which their keys came. */
  values(): Iterable<V> {
    return this.#entries.values()
  }
}

const LEAST = 64
