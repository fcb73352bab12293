import type { RunId } from '../ids.ts'

/**
 * Where the entries of many ids are. Keys and positions are small whole numbers, which cost the collector of garbage
 * nothing: a map of texts would have it look at every one of them, again and again.
 */
export class IdIndex {
  readonly #byBits = new Map<number, number>()
  /** Those whose bits another id has taken: hardly ever any. */
  readonly #others = new Map<RunId, number>()

  add(id: RunId, position: number): void {
    const bits = bitsOf(id)
    if (this.#byBits.has(bits)) this.#others.set(id, position)
    else this.#byBits.set(bits, position)
  }

  delete(id: RunId, position: number): void {
    const bits = bitsOf(id)
    if (this.#byBits.get(bits) === position) this.#byBits.delete(bits)
    else this.#others.delete(id)
  }

  /** The position of an id; `hasId` says whether the id at a position is the one that is looked for. */
  find(id: RunId, hasId: (position: number) => boolean): number | undefined {
    const position = this.#byBits.get(bitsOf(id))
    if (position !== undefined && hasId(position)) return position
    return this.#others.size === 0 ? undefined : this.#others.get(id)
  }
}

/** The first 32 bits of a UUID, as the signed number that engines keep without a box. */
function bitsOf(id: RunId): number {
  return hexIn(id, 0, 8) | 0
}

/** The number that the hexadecimal digits of a text say from one place up to another; hyphens are passed over. */
export function hexIn(text: string, from: number, upTo: number): number {
  let value = 0
  for (let place = from; place < upTo; place++) {
    const code = text.charCodeAt(place)
    if (code !== HYPHEN) value = value * 16 + (code > NINE ? (code & 0xf) + 9 : code & 0xf)
  }
  return value
}

const HYPHEN = 45
const NINE = 57
