import { addCounts } from '../../run/count.ts'
import type { CallCounter, CallTally } from '../../run/counters.ts'
import { greater } from '../../run/distribution.ts'
import { type Histogram, histogramBucketOf } from '../../run/histogram.ts'
import type { CheckedCall } from './reported.ts'

/**
 * The calls of one run to one provider, as a sum that each call changes: its size depends on neither their number nor
 * their durations, and a million calls take a fraction of a second.
 */
export class CallSum {
  readonly #counts: Record<CallCounter, number>
  readonly #buckets = new Map<number, number>()
  #max: number | null

  constructor(before: CallTally) {
    const { max, histogram } = before.distributions.answered_ms
    this.#counts = { ...before }
    this.#max = max
    for (let at = 0; at < histogram.length; at += 2) this.#buckets.set(histogram[at] ?? 0, histogram[at + 1] ?? 0)
  }

  add({ outcome, answeredMs, isFallback }: CheckedCall): void {
    this.#count('calls', 1)
    // A call that was refused is in no other count: the provider did nothing wrong, and gave nothing.
    if (outcome !== 'refused') this.#count(outcome, 1)
    if (isFallback && outcome === 'succeeded') this.#count('served_as_fallback', 1)
    if (answeredMs === null) return
    this.#count('answered', 1)
    this.#count('answered_ms', answeredMs)
    this.#max = greater(this.#max, answeredMs)
    const bucket = histogramBucketOf(answeredMs)
    this.#buckets.set(bucket, addCounts(this.#buckets.get(bucket) ?? 0, 1))
  }

  toTally(): CallTally {
    return { ...this.#counts, distributions: { answered_ms: { max: this.#max, histogram: this.#histogram() } } }
  }

  #histogram(): Histogram {
    const histogram: number[] = []
    const buckets = [...this.#buckets.keys()]
    for (const bucket of buckets.length > 1 ? buckets.sort((a, b) => a - b) : buckets) {
      histogram.push(bucket, this.#buckets.get(bucket) ?? 0)
    }
    return histogram
  }

  #count(counter: CallCounter, amount: number): void {
    this.#counts[counter] = addCounts(this.#counts[counter], amount)
  }
}
