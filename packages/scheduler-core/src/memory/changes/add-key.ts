import type { Change } from '../timeline.ts'

/** A new key of a map. */
export class AddKey<K, V> implements Change {
  readonly #map: Map<K, V>
  readonly #key: K
  readonly #value: V

  constructor(map: Map<K, V>, key: K, value: V) {
    this.#map = map
    this.#key = key
    this.#value = value
  }

  redo(): void {
    this.#map.set(this.#key, this.#value)
  }

  undo(): void {
    this.#map.delete(this.#key)
  }
}
