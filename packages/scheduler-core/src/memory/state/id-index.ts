import type { RunId } from '../../ids.ts'

/**
 * The positions of entries by their ids: a hash table of plain numbers, which are no work for the garbage collector. It
 * uses linear probing: an id is in the slot of its last bits, or in one of the next slots before a free one.
 */
export class IdIndex {
  #slots = newSlots(FIRST_SIZE)
  #size = 0

  add(id: RunId, position: number): void {
    if (2 * this.#size >= this.#slots.bits.length) this.#grow()
    put(this.#slots, bitsOf(id), position)
    this.#size++
  }

  delete(id: RunId, position: number): void {
    const { positions } = this.#slots
    for (let slot = this.#homeOf(bitsOf(id)); positions[slot] !== FREE; slot = this.#next(slot)) {
      if (positions[slot] === position) {
        this.#close(slot)
        this.#size--
        return
      }
    }
  }

  /** The position of an id. `hasId` tells whether the entry at a position has this id. */
  find(id: RunId, hasId: (position: number) => boolean): number | undefined {
    const wanted = bitsOf(id)
    const { bits, positions } = this.#slots
    for (let slot = this.#homeOf(wanted); ; slot = this.#next(slot)) {
      const position = positions[slot] ?? FREE
      if (position === FREE) return undefined
      if (bits[slot] === wanted && hasId(position)) return position
    }
  }

  /** Frees a slot, and moves up the following entries that could not be found behind a free slot. */
  #close(slot: number): void {
    const { bits, positions } = this.#slots
    let free = slot
    for (let from = this.#next(slot); positions[from] !== FREE; from = this.#next(from)) {
      const home = this.#homeOf(bits[from] ?? 0)
      if (this.#distance(home, from) < this.#distance(free, from)) continue
      bits[free] = bits[from] ?? 0
      positions[free] = positions[from] ?? FREE
      free = from
    }
    positions[free] = FREE
  }

  #grow(): void {
    const { bits, positions } = this.#slots
    this.#slots = newSlots(2 * bits.length)
    for (let slot = 0; slot < bits.length; slot++) {
      const position = positions[slot] ?? FREE
      if (position !== FREE) put(this.#slots, bits[slot] ?? 0, position)
    }
  }

  #homeOf(bits: number): number {
    return bits & (this.#slots.bits.length - 1)
  }

  #next(slot: number): number {
    return (slot + 1) & (this.#slots.bits.length - 1)
  }

  /** How many slots lie from one slot forward to another, around the end of the table. */
  #distance(from: number, to: number): number {
    return (to - from) & (this.#slots.bits.length - 1)
  }
}

interface Slots {
  readonly bits: Int32Array
  /** `FREE` in an empty slot. */
  readonly positions: Float64Array
}

/** A power of two, so that the lower bits select the slot. */
const FIRST_SIZE = 64
const FREE = -1

function newSlots(size: number): Slots {
  return { bits: new Int32Array(size), positions: new Float64Array(size).fill(FREE) }
}

function put({ bits, positions }: Slots, wanted: number, position: number): void {
  const mask = bits.length - 1
  let slot = wanted & mask
  while (positions[slot] !== FREE) slot = (slot + 1) & mask
  bits[slot] = wanted
  positions[slot] = position
}

/** Ids of the same moment differ in their last bits, ids of the same job in their first, which are a time. */
function bitsOf(id: RunId): number {
  return (hexIn(id, 28, 36) ^ Math.imul(hexIn(id, 2, 13), 0x9e3779b1)) | 0
}

/** Parses the hexadecimal digits of a text between two indexes. Hyphens are skipped. */
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
