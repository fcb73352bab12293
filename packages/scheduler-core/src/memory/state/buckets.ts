import type { EpochMs } from '../../clock.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { type Addition, NOTHING_ADDED, Sums } from './sums.ts'

/** Sums by buckets of time, in the order of time. A bucket exists only when something was added to it. */
export class Buckets {
  readonly #starts: EpochMs[]
  /** Replaced, never changed. */
  readonly #sums: Sums[]

  constructor(starts: EpochMs[] = [], sums: Sums[] = []) {
    this.#starts = starts
    this.#sums = sums
  }

  /** The same buckets, in lists of their own. */
  copy(): Buckets {
    return new Buckets(this.#starts.slice(), this.#sums.slice())
  }

  /** Adds to the bucket that begins at `start`, and answers what it was before; `null` when there was none. */
  add(start: EpochMs, addition: Addition): Sums | null {
    const last = this.#starts.length - 1
    const index = this.#starts[last] === start ? last : this.#indexOf(start)
    const before = this.#starts[index] === start ? this.#sums[index] : undefined
    const after = (before ?? NOTHING).plus(addition)
    this.#starts.splice(index, before ? 1 : 0, start)
    this.#sums.splice(index, before ? 1 : 0, after)
    return before ?? null
  }

  /** Undoes `add`. */
  put(start: EpochMs, sums: Sums | null): void {
    const index = this.#indexOf(start)
    if (sums) this.#sums[index] = sums
    else {
      this.#starts.splice(index, 1)
      this.#sums.splice(index, 1)
    }
  }

  /** Adds to `sum` the buckets that begin in `[after, upTo)`. */
  sumInto(sum: Sums, { after, upTo }: WindowSpan): void {
    for (let index = this.#indexOf(after); index < this.#starts.length; index++) {
      const sums = this.#sums[index]
      if (sums === undefined || (this.#starts[index] ?? upTo) >= upTo) return
      sum.add(sums)
    }
  }

  /** The buckets that begin at the instant or later; the same object where all do. */
  from(instant: EpochMs): Buckets {
    const count = this.#indexOf(instant)
    return count === 0 ? this : new Buckets(this.#starts.slice(count), this.#sums.slice(count))
  }

  /** Adds all buckets of another one. */
  addAll(other: Buckets): void {
    for (const [index, start] of other.#starts.entries()) this.add(start, other.#sums[index] ?? NOTHING_ADDED)
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

const NOTHING = new Sums()
