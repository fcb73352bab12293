import { type Distribution, greater } from '../run/distribution.ts'

/** A distribution that grows in place. */
export class Spread {
  max: number | null = null
  /** Pairs of bucket and count, as in a `Histogram`. */
  readonly #pairs: number[] = []

  /** Whether its maximum would be another one. */
  isRaisedBy({ max }: Distribution): boolean {
    return max !== null && (this.max === null || max > this.max)
  }

  add({ max, histogram }: Distribution): void {
    this.max = greater(this.max, max)
    for (let at = 0; at < histogram.length; at += 2) this.#count(histogram[at] ?? 0, histogram[at + 1] ?? 0)
  }

  /** Takes back what was added last. No count tells what the maximum was before: the caller does. */
  take({ histogram }: Distribution, maxBefore: number | null): void {
    this.max = maxBefore
    for (let at = 0; at < histogram.length; at += 2) this.#count(histogram[at] ?? 0, -(histogram[at + 1] ?? 0))
  }

  addAll(other: Spread): void {
    this.add({ max: other.max, histogram: other.#pairs })
  }

  toDistribution(): Distribution {
    return { max: this.max, histogram: [...this.#pairs] }
  }

  #count(bucket: number, amount: number): void {
    const at = this.#placeOf(bucket)
    if (this.#pairs[at] !== bucket) {
      this.#pairs.splice(at, 0, bucket, amount)
      return
    }
    const count = (this.#pairs[at + 1] ?? 0) + amount
    if (count === 0) this.#pairs.splice(at, 2)
    else this.#pairs[at + 1] = count
  }

  /** Where the pair of a bucket is, or would have to be. */
  #placeOf(bucket: number): number {
    let low = 0
    let high = this.#pairs.length >> 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#pairs[2 * middle] ?? bucket) < bucket) low = middle + 1
      else high = middle
    }
    return 2 * low
  }
}
