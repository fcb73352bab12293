import type { EpochMs } from '../clock.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart, type Span, type WindowCover } from '../metrics/windows.ts'
import type { Tally, TallyFacts } from '../run/counters.ts'
import { Buckets } from './buckets.ts'
import { type Addition, type Maxima, Sums } from './sums.ts'

/** What is counted and measured of one job or provider: lifetime, and buckets of time. */
export class Tallies<C extends string, M extends string> {
  readonly #facts: TallyFacts<C, M>
  /** None until something was added: many jobs wait for long before they first run. */
  #kept: Kept | null = null

  constructor(facts: TallyFacts<C, M>) {
    this.#facts = facts
  }

  /**
   * Adds what happened at an instant to everything that holds the instant. Answers the maxima of before, place by
   * place, when any of them is another one now: `take` needs them.
   */
  add(at: EpochMs, addition: Addition): readonly Maxima[] | null {
    const places = this.#placesOf(at)
    let before: readonly Maxima[] | null = null
    for (const place of places) {
      if (before === null && place.isRaisedBy(addition)) before = places.map(({ maxima }) => maxima)
      place.add(addition)
    }
    return before
  }

  /** Takes back what was added last, with what `add` answered. */
  take(at: EpochMs, addition: Addition, before: readonly Maxima[] | null): void {
    for (const [index, place] of this.#placesOf(at).entries()) place.take(addition, before?.[index])
  }

  lifetime(): Tally<C, M> {
    return (this.#kept?.lifetime ?? new Sums()).toTally(this.#facts)
  }

  /** The sum over a window: `edges` is what the rows at its two ends add to the whole buckets between them. */
  window(cover: WindowCover, edges: Sums | undefined): Tally<C, M> {
    const sum = new Sums()
    for (const span of cover.hours) this.sumInto(sum, 'hour', span)
    for (const span of cover.minutes) this.sumInto(sum, 'minute', span)
    if (edges) sum.addAll(edges)
    return sum.toTally(this.#facts)
  }

  /** Adds to the sum the buckets of one width that begin in `[after, upTo)`. */
  sumInto(sum: Sums, width: BucketWidth, span: Span): void {
    this.#kept?.[width].sumInto(sum, span)
  }

  /** Drops the buckets that no window beginning at `instant` or later can use, and answers how to have them back. */
  dropBefore(instant: EpochMs): readonly (() => void)[] {
    return WIDTHS.flatMap((width) => this.#kept?.[width].dropBefore(instant) ?? [])
  }

  #placesOf(at: EpochMs): readonly Sums[] {
    this.#kept ??= { lifetime: new Sums(), minute: new Buckets(), hour: new Buckets() }
    const { lifetime, minute, hour } = this.#kept
    return [lifetime, minute.at(bucketStart('minute', at)), hour.at(bucketStart('hour', at))]
  }
}

interface Kept extends Readonly<Record<BucketWidth, Buckets>> {
  readonly lifetime: Sums
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as readonly BucketWidth[]
