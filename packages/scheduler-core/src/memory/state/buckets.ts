import type { EpochMs } from '../../clock.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { Sums } from './sums.ts'

/** Sums by buckets of time, in the order of time. A bucket exists only when something was added to it. */
export class Buckets {
  readonly #starts: EpochMs[] = []
  readonly #sums: Sums[] = []

  /** The bucket that begins at `start`, created when there is none. */
  at(start: EpochMs): Sums {
    const last = this.#starts.length - 1
    const index = this.#starts[last] === start ? last : this.#indexOf(start)
    const known = this.#starts[index] === start ? this.#sums[index] : undefined
    if (known !== undefined) return known
    const sums = new Sums()
    this.#starts.splice(index, 0, start)
    this.#sums.splice(index, 0, sums)
    return sums
  }

  /** Adds to `sum` the buckets that begin in `[after, upTo)`. */
  sumInto(sum: Sums, { after, upTo }: WindowSpan): void {
    for (let index = this.#indexOf(after); index < this.#starts.length; index++) {
      const sums = this.#sums[index]
      if (sums === undefined || (this.#starts[index] ?? upTo) >= upTo) return
      sum.addAll(sums)
    }
  }

  /**
   * Drops the buckets that begin before the instant. The returned function restores them; `null` when there were none.
   */
  dropBefore(instant: EpochMs): (() => void) | null {
    const count = this.#indexOf(instant)
    if (count === 0) return null
    const starts = this.#starts.splice(0, count)
    const sums = this.#sums.splice(0, count)
    return () => {
      this.#starts.unshift(...starts)
      this.#sums.unshift(...sums)
    }
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
