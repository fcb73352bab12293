import type { Change } from '../state/undo-log.ts'

/** Sets many keys of a map as one change: one for each key would take more memory than what it sets. */
export class SetKeys<K, V> implements Change {
  readonly #map: Map<K, V>
  readonly #after: ReadonlyMap<K, V>
  /** The values before, of the keys that the map had. */
  readonly #before = new Map<K, V>()

  constructor(map: Map<K, V>, after: ReadonlyMap<K, V>) {
    this.#map = map
    this.#after = after
    if (map.size === 0) return
    for (const key of after.keys()) {
      const value = map.get(key)
      if (value !== undefined) this.#before.set(key, value)
    }
  }

  redo(): void {
    for (const [key, value] of this.#after) this.#map.set(key, value)
  }

  undo(): void {
    for (const key of this.#after.keys()) {
      const value = this.#before.get(key)
      if (value === undefined) this.#map.delete(key)
      else this.#map.set(key, value)
    }
  }
}
