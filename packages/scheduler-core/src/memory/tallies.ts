import type { EpochMs } from '../clock.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart, type Span, type WindowCover } from '../metrics/windows.ts'
import type { Tally } from '../run/counters.ts'

/** Counters by their index, in pairs of index and amount; those that are 0 are left out. */
export type Amounts = readonly number[]

/** The counters of one job or provider: lifetime, and buckets of time. */
export class Tallies<C extends string> {
  readonly #counters: readonly C[]
  readonly #lifetime: number[]
  readonly #buckets: Record<BucketWidth, Map<EpochMs, number[]>> = { minute: new Map(), hour: new Map() }

  constructor(counters: readonly C[]) {
    this.#counters = counters
    this.#lifetime = zeroes(counters.length)
  }

  /** Adds what happened at an instant to everything that holds the instant. */
  add(at: EpochMs, amounts: Amounts): void {
    this.#change(at, amounts, 1)
  }

  /** Takes back what was added. */
  remove(at: EpochMs, amounts: Amounts): void {
    this.#change(at, amounts, -1)
  }

  lifetime(): Tally<C> {
    return this.#named(this.#lifetime)
  }

  /** The sum over a window: `edges` is what its rows add to whole buckets. */
  window(cover: WindowCover, edges: Iterable<Amounts>): Tally<C> {
    const sum = zeroes(this.#counters.length)
    for (const span of cover.hours) this.#addBuckets(sum, 'hour', span)
    for (const span of cover.minutes) this.#addBuckets(sum, 'minute', span)
    for (const amounts of edges) addAmounts(sum, amounts, 1)
    return this.#named(sum)
  }

  /** Buckets that no window beginning at `instant` or later can use: what to do to drop them and to have them back. */
  bucketsBefore(instant: EpochMs): readonly StaleBucket[] {
    return WIDTHS.flatMap((width) => {
      const buckets = this.#buckets[width]
      const stale: StaleBucket[] = []
      for (const [start, counts] of buckets) {
        // Buckets are made in the order of time but for stragglers, which are found once their neighbours go.
        if (start >= instant) break
        stale.push({ drop: () => buckets.delete(start), restore: () => buckets.set(start, counts) })
      }
      return stale
    })
  }

  #change(at: EpochMs, amounts: Amounts, sign: 1 | -1): void {
    addAmounts(this.#lifetime, amounts, sign)
    for (const width of WIDTHS) addAmounts(this.#bucket(width, bucketStart(width, at)), amounts, sign)
  }

  #bucket(width: BucketWidth, start: EpochMs): number[] {
    const buckets = this.#buckets[width]
    const known = buckets.get(start)
    if (known !== undefined) return known
    const counts = zeroes(this.#counters.length)
    buckets.set(start, counts)
    return counts
  }

  #addBuckets(sum: number[], width: BucketWidth, { after, upTo }: Span): void {
    const buckets = this.#buckets[width]
    const step = BUCKET_WIDTHS[width]
    if (buckets.size < (upTo - after) / step) {
      for (const [start, counts] of buckets) if (start >= after && start < upTo) addCounts(sum, counts)
      return
    }
    for (let start = after; start < upTo; start += step) addCounts(sum, buckets.get(start))
  }

  #named(counts: readonly number[]): Tally<C> {
    return Object.fromEntries(this.#counters.map((counter, index) => [counter, counts[index] ?? 0])) as Tally<C>
  }
}

export interface StaleBucket {
  drop(): void
  restore(): void
}

/** A tally as the amounts that it adds. */
export function toAmounts<C extends string>(counters: readonly C[], tally: Tally<C>): Amounts {
  const amounts: number[] = []
  for (let index = 0; index < counters.length; index++) {
    const counter = counters[index]
    const amount = counter === undefined ? 0 : tally[counter]
    if (amount !== 0) amounts.push(index, amount)
  }
  return amounts
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as readonly BucketWidth[]

function addAmounts(counts: number[], amounts: Amounts, sign: 1 | -1): void {
  for (let pair = 0; pair < amounts.length; pair += 2) {
    const index = amounts[pair] ?? 0
    counts[index] = (counts[index] ?? 0) + sign * (amounts[pair + 1] ?? 0)
  }
}

function addCounts(sum: number[], counts: readonly number[] = []): void {
  for (let index = 0; index < counts.length; index++) sum[index] = (sum[index] ?? 0) + (counts[index] ?? 0)
}

function zeroes(length: number): number[] {
  return new Array<number>(length).fill(0)
}
