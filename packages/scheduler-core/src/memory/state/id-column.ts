import type { RunId } from '../../ids.ts'

/** The 128 bits of a UUID as numbers: the first 48, which are a time, the next 32, and the last 48. */
export interface IdBits {
  readonly head: number
  readonly middle: number
  readonly tail: number
}

export function bitsOf(id: RunId): IdBits {
  return { head: headOf(id), middle: middleOf(id), tail: tailOf(id) }
}

/**
 * The ids of up to `capacity` entries as numbers, which are no work for the garbage collector. Few are ever looked for,
 * so the first search makes the hash table, and before that a column is ruled out by the times of its ids.
 */
export class IdColumn {
  readonly #heads: Float64Array
  readonly #middles: Uint32Array
  readonly #tails: Float64Array
  #earliest = Infinity
  #latest = -Infinity
  /** The indexes of the ids plus 1, in the slot of their hash or in one of the next before a free one, which has 0. */
  #slots: Uint16Array | null = null

  constructor(capacity: number) {
    this.#heads = new Float64Array(capacity).fill(Number.NaN)
    this.#middles = new Uint32Array(capacity)
    this.#tails = new Float64Array(capacity)
  }

  put(index: number, id: RunId): void {
    const head = headOf(id)
    this.#heads[index] = head
    this.#middles[index] = middleOf(id)
    this.#tails[index] = tailOf(id)
    if (head < this.#earliest) this.#earliest = head
    if (head > this.#latest) this.#latest = head
    if (this.#slots !== null) this.#insert(this.#slots, index)
  }

  /** Forgets all ids. */
  clear(): void {
    this.#heads.fill(Number.NaN)
    this.#earliest = Infinity
    this.#latest = -Infinity
    this.#slots = null
  }

  read(index: number): RunId {
    const head = digits(this.#heads[index], 12)
    const middle = digits(this.#middles[index], 8)
    const tail = digits(this.#tails[index], 12)
    return [head.slice(0, 8), head.slice(8), middle.slice(0, 4), middle.slice(4), tail].join('-') as RunId
  }

  /** The index of an id among those that are wanted. */
  find(id: IdBits, isWanted: (index: number) => boolean): number | undefined {
    if (id.head < this.#earliest || id.head > this.#latest) return undefined
    const slots = this.#table()
    const last = slots.length - 1
    for (let slot = hash(id) & last; ; slot = (slot + 1) & last) {
      const index = (slots[slot] ?? 0) - 1
      if (index < 0) return undefined
      if (this.#has(index, id) && isWanted(index)) return index
    }
  }

  #has(index: number, { head, middle, tail }: IdBits): boolean {
    return this.#heads[index] === head && this.#middles[index] === middle && this.#tails[index] === tail
  }

  #table(): Uint16Array {
    if (this.#slots !== null) return this.#slots
    this.#slots = new Uint16Array(2 * this.#heads.length)
    for (const [index, head] of this.#heads.entries()) if (!Number.isNaN(head)) this.#insert(this.#slots, index)
    return this.#slots
  }

  #insert(slots: Uint16Array, index: number): void {
    const id = { head: this.#heads[index] ?? 0, middle: this.#middles[index] ?? 0, tail: this.#tails[index] ?? 0 }
    const last = slots.length - 1
    let slot = hash(id) & last
    while (slots[slot] !== 0) slot = (slot + 1) & last
    slots[slot] = index + 1
  }
}

/** The ids of one job may differ in their time alone, and those of one moment in all but their time. */
function hash({ head, middle, tail }: IdBits): number {
  const mixed = Math.imul((head / 1_000) ^ head, 0x9e3779b1) ^ Math.imul(middle ^ tail, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function digits(bits: number | undefined, length: number): string {
  return (bits ?? 0).toString(16).padStart(length, '0')
}

// xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx: four digits at a time, since every settled run is parsed.
function headOf(id: RunId): number {
  return fourDigits(id, 0) * 0x1_0000_0000 + fourDigits(id, 4) * 0x1_0000 + fourDigits(id, 9)
}

function middleOf(id: RunId): number {
  return fourDigits(id, 14) * 0x1_0000 + fourDigits(id, 19)
}

function tailOf(id: RunId): number {
  return fourDigits(id, 24) * 0x1_0000_0000 + fourDigits(id, 28) * 0x1_0000 + fourDigits(id, 32)
}

function fourDigits(text: string, at: number): number {
  const high = (digit(text.charCodeAt(at)) << 4) | digit(text.charCodeAt(at + 1))
  return (high << 8) | (digit(text.charCodeAt(at + 2)) << 4) | digit(text.charCodeAt(at + 3))
}

/** The value of a hexadecimal digit by its code: letters have a bit that digits have not. */
function digit(code: number): number {
  return (code & 0xf) + 9 * (code >> 6)
}
