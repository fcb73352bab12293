import type { EpochMs } from '../clock.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart, type WindowCover } from '../metrics/windows.ts'
import type { Tally } from '../run/counters.ts'
import { Buckets } from './buckets.ts'
import { type Amounts, addAmounts, addCounts, zeroes } from './counts.ts'

/** The counters of one job or provider: lifetime, and buckets of time. */
export class Tallies<C extends string> {
  readonly #counters: readonly C[]
  readonly #empty: Tally<C>
  /** Grows to the highest counter that was ever added to: the tallies of a job that has not run take up next to nothing. */
  readonly #lifetime: number[] = []
  #buckets: Readonly<Record<BucketWidth, Buckets>> | null = null

  constructor(counters: readonly C[], empty: Tally<C>) {
    this.#counters = counters
    this.#empty = empty
  }

  /** Adds what happened at an instant to everything that holds the instant; with `-1`, takes it back. */
  add(at: EpochMs, amounts: Amounts, sign: 1 | -1 = 1): void {
    addAmounts(this.#lifetime, amounts, sign)
    this.#buckets ??= { minute: new Buckets(this.#counters.length), hour: new Buckets(this.#counters.length) }
    for (const width of WIDTHS) this.#buckets[width].add(bucketStart(width, at), amounts, sign)
  }

  lifetime(): Tally<C> {
    return this.#named(this.#lifetime)
  }

  /** The sum over a window: `edges` is what the rows at its two ends add to the whole buckets between them. */
  window(cover: WindowCover, edges: readonly number[] | undefined): Tally<C> {
    const sum = zeroes(this.#counters.length)
    for (const span of cover.hours) this.#buckets?.hour.sumInto(sum, span)
    for (const span of cover.minutes) this.#buckets?.minute.sumInto(sum, span)
    addCounts(sum, edges)
    return this.#named(sum)
  }

  /** Drops the buckets that no window beginning at `instant` or later can use, and answers how to have them back. */
  dropBefore(instant: EpochMs): readonly (() => void)[] {
    return WIDTHS.flatMap((width) => this.#buckets?.[width].dropBefore(instant) ?? [])
  }

  #named(counts: readonly number[]): Tally<C> {
    const tally: Record<C, number> = { ...this.#empty }
    for (let index = 0; index < this.#counters.length; index++) {
      const counter = this.#counters[index]
      if (counter !== undefined) tally[counter] = counts[index] ?? 0
    }
    return tally
  }
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as readonly BucketWidth[]
