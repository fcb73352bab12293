import type { EpochMs } from '../../clock.ts'
import { BUCKET_WIDTHS, type BucketWidth } from '../../run/windows.ts'
import type { Tallies } from './tallies.ts'

type Counted = Pick<Tallies<string, string>, 'bytesOf' | 'firstOf' | 'drop'>

export interface BucketLimitOptions {
  /** How many bytes all buckets may take. */
  readonly maxBytes: number
  /** The longest window that was asked for: its hours are kept in any case. */
  readonly longestWindowMs: number
}

/** How much time goes at once. */
const STEP = { minute: 10 * BUCKET_WIDTHS.minute, hour: BUCKET_WIDTHS.hour }

/**
 * Keeps the buckets of one scheduler within a number of bytes. The oldest minutes go first, ten at a time: their hours
 * have all that they had. When only the minutes of the last hour are left, the oldest hours go.
 */
export class BucketLimit {
  readonly #keptFrom: Record<BucketWidth, EpochMs> = { minute: -Infinity, hour: -Infinity }
  #checkedAt: EpochMs = -Infinity

  /** The buckets of this width that begin before this instant may have been dropped. */
  keptFrom(width: BucketWidth): EpochMs {
    return this.#keptFrom[width]
  }

  /**
   * Drops what is too much, if the minute of the last settlement is a new one; after a clock was set back, it is earlier.
   * `at`: that settlement, `-Infinity` before there is one.
   * Call it only while no reader can ask for an earlier state.
   */
  keep(at: EpochMs, counted: () => readonly Counted[], options: BucketLimitOptions): void {
    const { minute, hour } = BUCKET_WIDTHS
    const isChecked = at < this.#checkedAt + minute && at >= this.#checkedAt - hour
    if (isChecked || at === -Infinity) return
    this.#checkedAt = Math.floor(at / minute) * minute
    const all = counted()
    if (bytesOf(all) <= options.maxBytes) return
    // The one hour more is for whoever asks later, and for a window that begins with a whole hour.
    this.#keep('minute', all, { ...options, upTo: at - hour })
    this.#keep('hour', all, { ...options, upTo: at - options.longestWindowMs - 2 * hour })
  }

  #keep(width: BucketWidth, all: readonly Counted[], { maxBytes, upTo }: KeepOptions): void {
    const step = STEP[width]
    while (bytesOf(all) > maxBytes) {
      // From the first bucket that is left: there may be none for years after that of a forgotten job.
      const from = (Math.floor(firstOf(all, width) / step) + 1) * step
      if (from > upTo) return
      for (const each of all) each.drop(width, from)
      this.#keptFrom[width] = Math.max(this.#keptFrom[width], from)
    }
  }
}

interface KeepOptions {
  readonly maxBytes: number
  readonly upTo: EpochMs
}

function bytesOf(all: readonly Counted[]): number {
  let bytes = 0
  for (const each of all) bytes += each.bytesOf('minute') + each.bytesOf('hour')
  return bytes
}

function firstOf(all: readonly Counted[], width: BucketWidth): EpochMs {
  let first = Infinity
  for (const each of all) first = Math.min(first, each.firstOf(width))
  return first
}
