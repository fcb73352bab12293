import type { Change } from '../state/undo-log.ts'

/** A key of a map gets a value, whether or not it had one. */
export class SetKey<K, V> implements Change {
  readonly #map: Map<K, V>
  readonly #key: K
  readonly #before: V | undefined
  readonly #after: V | undefined

  /** `after`: `undefined` takes the key away. */
  constructor(map: Map<K, V>, key: K, after: V | undefined) {
    this.#map = map
    this.#key = key
    this.#before = map.get(key)
    this.#after = after
  }

  redo(): void {
    this.#put(this.#after)
  }

  undo(): void {
    this.#put(this.#before)
  }

  #put(value: V | undefined): void {
    if (value === undefined) this.#map.delete(this.#key)
    else this.#map.set(this.#key, value)
  }
}
