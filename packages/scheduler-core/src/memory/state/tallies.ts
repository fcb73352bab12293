import type { EpochMs } from '../../clock.ts'
import type { Tally, TallyFacts } from '../../run/counters.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart, type WindowCover, type WindowSpan } from '../../run/windows.ts'
import { Buckets } from './buckets.ts'
import { type Addition, Sums } from './sums.ts'

/**
 * The tallies of one job or provider: lifetime and buckets of time. New entries are added to the open minute. When a
 * later minute begins, the open one is added to the lifetime and the hour. Reads add the open minute.
 */
export class Tallies<C extends string, M extends string> {
  readonly #facts: TallyFacts<C, M>
  /** The latest minute; all closed minutes are earlier. */
  #open: Minute | null = null
  #closed: Closed | null = null

  constructor(facts: TallyFacts<C, M>) {
    this.#facts = facts
  }

  /**
   * Adds an addition at an instant. The returned function undoes it; call it only after all later additions are undone.
   */
  add(at: EpochMs, addition: Addition): () => void {
    const start = bucketStart('minute', at)
    const open = this.#open
    if (open?.start === start) return open.sums.add(addition)
    if (open !== null && start < open.start) return this.#addClosed(start, (sums) => sums.add(addition))
    const reopen = open === null ? null : this.#addClosed(open.start, (sums) => sums.addAll(open.sums))
    const sums = new Sums()
    sums.add(addition)
    this.#open = { start, sums }
    return () => {
      this.#open = open
      reopen?.()
    }
  }

  /** The sums of the open minute; `null` when the instant is not in it. */
  openAt(at: EpochMs): Sums | null {
    const open = this.#open
    return open !== null && at > open.start && at <= open.start + BUCKET_WIDTHS.minute ? open.sums : null
  }

  lifetime(): Tally<C, M> {
    const sum = new Sums()
    if (this.#closed) sum.addAll(this.#closed.lifetime)
    if (this.#open) sum.addAll(this.#open.sums)
    return sum.toTally(this.#facts)
  }

  /** The sum over a window. `edges` is the sum of the rows at its two edges, outside the whole buckets. */
  window(cover: WindowCover, edges: Sums | undefined): Tally<C, M> {
    const sum = new Sums()
    for (const span of cover.hours) this.sumInto(sum, 'hour', span)
    for (const span of cover.minutes) this.sumInto(sum, 'minute', span)
    if (edges) sum.addAll(edges)
    return sum.toTally(this.#facts)
  }

  /** Adds to the sum the buckets of one width that begin in `[after, upTo)`. */
  sumInto(sum: Sums, width: BucketWidth, span: WindowSpan): void {
    this.#closed?.[width].sumInto(sum, span)
    if (this.#open === null) return
    const start = startOfBucket(width, this.#open.start)
    if (start >= span.after && start < span.upTo) sum.addAll(this.#open.sums)
  }

  /** Drops the buckets that no window from `instant` on can use. The returned functions restore them. */
  dropBefore(instant: EpochMs): readonly (() => void)[] {
    return WIDTHS.flatMap((width) => this.#closed?.[width].dropBefore(instant) ?? [])
  }

  /** Adds to the lifetime, the minute and the hour of a closed minute. */
  #addClosed(start: EpochMs, add: (sums: Sums) => () => void): () => void {
    this.#closed ??= { lifetime: new Sums(), minute: new Buckets(), hour: new Buckets() }
    const { lifetime, minute, hour } = this.#closed
    const undo = [lifetime, minute.at(start), hour.at(startOfBucket('hour', start))].map(add)
    return () => {
      for (const takeBack of undo) takeBack()
    }
  }
}

interface Minute {
  readonly start: EpochMs
  readonly sums: Sums
}

interface Closed extends Readonly<Record<BucketWidth, Buckets>> {
  readonly lifetime: Sums
}

const WIDTHS = Object.keys(BUCKET_WIDTHS) as readonly BucketWidth[]

/**
 * The start of the bucket that contains the minute from `minuteStart`. A bucket does not contain its own start, hence
 * the 1 ms.
 */
function startOfBucket(width: BucketWidth, minuteStart: EpochMs): EpochMs {
  return bucketStart(width, minuteStart + 1)
}
