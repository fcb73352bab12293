import type { EpochMs } from '../../clock.ts'
import type { Tally, TallyFacts } from '../../run/counters.ts'
import { type BucketWidth, bucketStart, type WindowCover, type WindowSpan } from '../../run/windows.ts'
import type { Buckets } from './buckets.ts'
import { type Packed, unpack } from './packed.ts'
import { Sums } from './sums.ts'

/** The minute that outcomes are added to. */
export interface OpenMinute {
  readonly start: EpochMs
  readonly sums: Sums
}

/** All minutes before it. */
export interface ClosedMinutes extends Readonly<Record<BucketWidth, Buckets>> {
  readonly lifetime: Packed | null
}

/** `Tallies` as they were at one moment. */
export class TallyView<C extends string, M extends string> {
  readonly #facts: TallyFacts<C, M>
  readonly open: OpenMinute | null
  readonly closed: ClosedMinutes | null

  constructor(facts: TallyFacts<C, M>, open: OpenMinute | null, closed: ClosedMinutes | null) {
    this.#facts = facts
    this.open = open
    this.closed = closed
  }

  lifetime(): Tally<C, M> {
    const sum = new Sums()
    if (this.closed?.lifetime) sum.add(unpack(this.closed.lifetime))
    if (this.open) sum.add(this.open.sums)
    return sum.toTally(this.#facts)
  }

  /** The sum over a window. `edges` is the sum of the rows at its two edges, outside the whole buckets. */
  window(cover: WindowCover, edges: Sums | undefined): Tally<C, M> {
    const sum = new Sums()
    for (const span of cover.hours) this.sumInto(sum, 'hour', span)
    for (const span of cover.minutes) this.sumInto(sum, 'minute', span)
    if (edges) sum.add(edges)
    return sum.toTally(this.#facts)
  }

  /** Adds to the sum the buckets of one width that begin in `[after, upTo)`. */
  sumInto(sum: Sums, width: BucketWidth, span: WindowSpan): void {
    this.closed?.[width].sumInto(sum, span)
    if (this.open === null) return
    const start = startOfBucket(width, this.open.start)
    if (start >= span.after && start < span.upTo) sum.add(this.open.sums)
  }
}

/**
 * The start of the bucket that contains the minute from `minuteStart`. A bucket does not contain its own start, hence
 * the 1 ms.
 */
export function startOfBucket(width: BucketWidth, minuteStart: EpochMs): EpochMs {
  return bucketStart(width, minuteStart + 1)
}
