import type { EpochMs } from '../../clock.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { type Packed, packSum, unpack } from './packed.ts'
import type { Addition, Sums } from './sums.ts'

/** Sums by buckets of time, in the order of time. A bucket exists only when something was added to it. */
export class Buckets {
  readonly #starts: EpochMs[]
  readonly #packed: Packed[]

  #bytes = 0

  constructor(starts: EpochMs[] = [], packed: Packed[] = []) {
    this.#starts = starts
    this.#packed = packed
    for (const each of packed) this.#bytes += bytesOf(each)
  }

  /** About how much memory the buckets take. */
  get bytes(): number {
    return this.#bytes
  }

  /** When the first bucket begins; infinite without any. */
  get first(): EpochMs {
    return this.#starts[0] ?? Infinity
  }

  /** The same buckets, in lists of their own. */
  copy(): Buckets {
    return new Buckets(this.#starts.slice(), this.#packed.slice())
  }

  /** Adds to the bucket that begins at `start`, and answers what it was before; `null` when there was none. */
  add(start: EpochMs, addition: Addition): Packed | null {
    const index = this.#placeOf(start)
    const before = this.#starts[index] === start ? (this.#packed[index] ?? null) : null
    this.#put(index, start, packSum(before, addition))
    return before
  }

  /** Undoes `add`. */
  put(start: EpochMs, packed: Packed | null): void {
    const index = this.#placeOf(start)
    if (packed !== null) this.#put(index, start, packed)
    else {
      this.#starts.splice(index, 1)
      for (const gone of this.#packed.splice(index, 1)) this.#bytes -= bytesOf(gone)
    }
  }

  /** Adds to `sum` the buckets that begin in `[after, upTo)`. */
  sumInto(sum: Sums, { after, upTo }: WindowSpan): void {
    for (let index = this.#indexOf(after); index < this.#starts.length; index++) {
      const packed = this.#packed[index]
      if (packed === undefined || (this.#starts[index] ?? upTo) >= upTo) return
      sum.add(unpack(packed))
    }
  }

  /** The buckets that begin at the instant or later; the same object where all do. */
  from(instant: EpochMs): Buckets {
    const count = this.#indexOf(instant)
    return count === 0 ? this : new Buckets(this.#starts.slice(count), this.#packed.slice(count))
  }

  /** Adds all buckets of another one. */
  addAll(other: Buckets): void {
    for (const [index, start] of other.#starts.entries()) {
      const packed = other.#packed[index]
      if (packed !== undefined) this.add(start, unpack(packed))
    }
  }

  #put(index: number, start: EpochMs, packed: Packed): void {
    const isKnown = this.#starts[index] === start
    this.#bytes += bytesOf(packed) - (isKnown ? bytesOf(this.#packed[index]) : 0)
    if (isKnown || index === this.#starts.length) {
      this.#starts[index] = start
      this.#packed[index] = packed
    } else {
      this.#starts.splice(index, 0, start)
      this.#packed.splice(index, 0, packed)
    }
  }

  /** As `#indexOf`, at once for the last bucket. */
  #placeOf(start: EpochMs): number {
    const last = this.#starts.length - 1
    return this.#starts[last] === start ? last : this.#indexOf(start)
  }

  /** The index of the first bucket that begins at `start` or later. */
  #indexOf(start: EpochMs): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? start) < start) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A bucket beside its text: the head of the string, and a place in each of both lists. */
const OVERHEAD = 32

function bytesOf(packed: Packed | undefined): number {
  return packed === undefined ? 0 : packed.length + OVERHEAD
}
