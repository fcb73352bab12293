import type { EpochMs } from '../clock.ts'
import type { Span } from '../metrics/windows.ts'
import { type Amounts, addAmounts, addCounts, zeroes } from './counts.ts'

/** Counters by buckets of time, in the order of time. Only buckets in which something happened exist. */
export class Buckets {
  readonly #size: number
  readonly #starts: EpochMs[] = []
  readonly #counts: number[][] = []

  /** `size` is how many counters there are. */
  constructor(size: number) {
    this.#size = size
  }

  add(start: EpochMs, amounts: Amounts, sign: 1 | -1): void {
    addAmounts(this.#at(start), amounts, sign)
  }

  /** Adds to `sum` the buckets that begin in `[after, upTo)`. */
  sumInto(sum: number[], { after, upTo }: Span): void {
    for (let index = this.#indexOf(after); index < this.#starts.length; index++) {
      if ((this.#starts[index] ?? upTo) >= upTo) return
      addCounts(sum, this.#counts[index])
    }
  }

  /** Takes away the buckets that begin before the instant, and answers how to have them back. */
  dropBefore(instant: EpochMs): (() => void) | null {
    const count = this.#indexOf(instant)
    if (count === 0) return null
    const starts = this.#starts.splice(0, count)
    const counts = this.#counts.splice(0, count)
    return () => {
      this.#starts.unshift(...starts)
      this.#counts.unshift(...counts)
    }
  }

  #at(start: EpochMs): number[] {
    const last = this.#starts.length - 1
    const index = this.#starts[last] === start ? last : this.#indexOf(start)
    const known = this.#starts[index] === start ? this.#counts[index] : undefined
    if (known !== undefined) return known
    const counts = zeroes(this.#size)
    this.#starts.splice(index, 0, start)
    this.#counts.splice(index, 0, counts)
    return counts
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
