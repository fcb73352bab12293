import type { EpochMs } from '../../clock.ts'
import type { TallyFacts } from '../../run/counters.ts'
import { BUCKET_WIDTHS, type BucketWidth, bucketStart } from '../../run/windows.ts'
import { Buckets } from './buckets.ts'
import { pack, packSum, unpack } from './packed.ts'
import { type Addition, Sums } from './sums.ts'
import { type ClosedMinutes, type OpenMinute, startOfBucket, TallyView } from './tally-view.ts'

/**
 * The tallies of a job, a provider or all jobs: lifetime and buckets of time. New entries are added to the open minute.
 * When a later minute begins, the open one is added to the lifetime and the hour. Whoever reads gets a view, which costs
 * nothing: what a view has is copied before it is changed for the first time.
 */
export class Tallies<C extends string, M extends string> {
  readonly #facts: TallyFacts<C, M>
  /** The latest minute; all closed minutes are earlier. */
  #open: OpenMinute | null = null
  #closed: ClosedMinutes | null = null
  #isOpenLent = false
  #isClosedLent = false

  constructor(facts: TallyFacts<C, M>) {
    this.#facts = facts
  }

  /** The tallies as they are now. */
  view(): TallyView<C, M> {
    this.#isOpenLent = this.#isClosedLent = true
    return new TallyView(this.#facts, this.#open, this.#closed)
  }

  /**
   * Adds an addition at an instant. The returned function undoes it; call it only after all later additions are undone.
   */
  add(at: EpochMs, addition: Addition): () => void {
    const start = bucketStart('minute', at)
    const open = this.#open
    if (open?.start === start) return this.#addOpen(open, addition)
    if (open !== null && start < open.start) return this.#addClosed(start, addition)
    const reopen = open && this.#addClosed(open.start, open.sums)
    this.#setOpen({ start, sums: NOTHING.plus(addition) })
    return () => {
      this.#open = open
      // A view may have it, as the minute that it was when it was closed.
      this.#isOpenLent = true
      reopen?.()
    }
  }

  /** The sums of the open minute, to be changed in place; `null` when the instant is not in it. */
  openAt(at: EpochMs): Sums | null {
    const open = this.#open
    if (open === null || at <= open.start || at > open.start + BUCKET_WIDTHS.minute) return null
    if (!this.#isOpenLent) return open.sums
    const sums = open.sums.plus(NOTHING)
    this.#setOpen({ start: open.start, sums })
    return sums
  }

  /** Drops the buckets that no window from `instant` on can use. The returned function restores them. */
  dropBefore(instant: EpochMs): () => void {
    const closed = this.#closed
    if (closed === null) return () => {}
    const [minute, hour] = [closed.minute.from(instant), closed.hour.from(instant)]
    if (minute === closed.minute && hour === closed.hour) return () => {}
    this.#closed = { lifetime: closed.lifetime, minute, hour }
    return () => {
      this.#closed = closed
      this.#isClosedLent = true
    }
  }

  /** About how much memory the buckets of this width take. */
  bytesOf(width: BucketWidth): number {
    return this.#closed?.[width].bytes ?? 0
  }

  /** When the first bucket of this width begins; infinite without any. */
  firstOf(width: BucketWidth): EpochMs {
    return this.#closed?.[width].first ?? Infinity
  }

  /** Drops the buckets of this width that begin before an instant. It cannot be undone. */
  drop(width: BucketWidth, instant: EpochMs): void {
    if (this.#closed && this.firstOf(width) < instant)
      this.#closed = { ...this.#closed, [width]: this.#closed[width].from(instant) }
  }

  /** Adds all that other tallies have. It cannot be undone. */
  addAll({ open, closed }: TallyView<C, M>): void {
    const { lifetime, minute, hour } = this.#ownClosed()
    const sum = new Sums()
    for (const packed of [lifetime, closed?.lifetime]) if (packed) sum.add(unpack(packed))
    if (open) sum.add(open.sums)
    this.#closed = { lifetime: pack(sum), minute, hour }
    if (closed) for (const width of WIDTHS) this.#closed[width].addAll(closed[width])
    if (open) for (const width of WIDTHS) this.#closed[width].add(startOfBucket(width, open.start), open.sums)
  }

  #setOpen(open: OpenMinute): void {
    this.#open = open
    this.#isOpenLent = false
  }

  #addOpen(open: OpenMinute, addition: Addition): () => void {
    if (this.#isOpenLent) this.#setOpen({ start: open.start, sums: open.sums.plus(NOTHING) })
    const { sums } = this.#open ?? open
    const { maxima } = sums
    const pairs = sums.add(addition)
    return () => {
      const now = this.#open ?? open
      if (this.#isOpenLent) this.#setOpen({ start: now.start, sums: now.sums.plus(NOTHING) })
      this.#open?.sums.take({ pairs, maxima })
    }
  }

  /** Adds to the lifetime, the minute and the hour of a closed minute. */
  #addClosed(start: EpochMs, addition: Addition): () => void {
    const { lifetime, minute, hour } = this.#ownClosed()
    const hourStart = startOfBucket('hour', start)
    const before = { minute: minute.add(start, addition), hour: hour.add(hourStart, addition) }
    this.#closed = { lifetime: packSum(lifetime, addition), minute, hour }
    return () => {
      const own = this.#ownClosed()
      own.minute.put(start, before.minute)
      own.hour.put(hourStart, before.hour)
      this.#closed = { ...own, lifetime }
    }
  }

  /** The closed minutes, which no view has. */
  #ownClosed(): ClosedMinutes {
    const closed = this.#closed
    if (closed !== null && !this.#isClosedLent) return closed
    this.#isClosedLent = false
    this.#closed = closed
      ? { lifetime: closed.lifetime, minute: closed.minute.copy(), hour: closed.hour.copy() }
      : { lifetime: null, minute: new Buckets(), hour: new Buckets() }
    return this.#closed
  }
}

const WIDTHS = ['minute', 'hour'] as const
const NOTHING = new Sums()
