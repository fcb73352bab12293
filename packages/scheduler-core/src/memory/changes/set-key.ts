import type { Change } from '../state/undo-log.ts'

/** Sets or deletes a key of a map. */
export class SetKey<K, V> implements Change {
  readonly #map: Map<K, V>
  readonly #key: K
  readonly #before: V | undefined
  readonly #after: V | undefined

  /** `after`: the new value; `undefined` deletes the key. */
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
