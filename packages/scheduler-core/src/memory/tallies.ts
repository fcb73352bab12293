import type { EpochMs } from '../clock.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart, type Span, type WindowCover } from '../metrics/windows.ts'
import type { Tally, TallyFacts } from '../run/counters.ts'
import { Buckets } from './buckets.ts'
import { type Addition, type Maxima, Sums } from './sums.ts'

/** What is counted and measured of one job or provider: lifetime, and buckets of time. */
export class Tallies<C extends string, M extends string> {
  readonly #facts: TallyFacts<C, M>
  readonly #lifetime = new Sums()
  #buckets: Readonly<Record<BucketWidth, Buckets>> | null = null

  constructor(facts: TallyFacts<C, M>) {
    this.#facts = facts
  }

  /**
   * Adds what happened at an instant to everything that holds the instant. Answers the maxima of before, place by
   * place, when any of them is another one now: `take` needs them.
   */
  add(at: EpochMs, addition: Addition): readonly Maxima[] | null {
    const places = this.#placesOf(at)
    const before = places.some((place) => place.isRaisedBy(addition)) ? places.map(({ maxima }) => maxima) : null
    for (const place of places) place.add(addition)
    return before
  }

  /** Takes back what was added last, with what `add` answered. */
  take(at: EpochMs, addition: Addition, before: readonly Maxima[] | null): void {
    for (const [index, place] of this.#placesOf(at).entries()) place.take(addition, before?.[index])
  }

  lifetime(): Tally<C, M> {
    return this.#lifetime.toTally(this.#facts)
  }

  /** The sum over a window: `edges` is what the rows at its two ends add to the whole buckets between them. */
  window(cover: WindowCover, edges: Sums | undefined): Tally<C, M> {
    const sum = new Sums()
    for (const span of cover.hours) this.#buckets?.hour.sumInto(sum, span)
    for (const span of cover.minutes) this.#buckets?.minute.sumInto(sum, span)
    if (edges) sum.addAll(edges)
    return sum.toTally(this.#facts)
  }

  /** Adds to the sum the buckets of one width that begin in `[after, upTo)`. */
  sumInto(sum: Sums, width: BucketWidth, span: Span): void {
    this.#buckets?.[width].sumInto(sum, span)
  }

  /** Drops the buckets that no window beginning at `instant` or later can use, and answers how to have them back. */
  dropBefore(instant: EpochMs): readonly (() => void)[] {
    return WIDTHS.flatMap((width) => this.#buckets?.[width].dropBefore(instant) ?? [])
  }

  #placesOf(at: EpochMs): readonly Sums[] {
    this.#buckets ??= { minute: new Buckets(), hour: new Buckets() }
    const { minute, hour } = this.#buckets
    return [this.#lifetime, minute.at(bucketStart('minute', at)), hour.at(bucketStart('hour', at))]
  }
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as readonly BucketWidth[]
