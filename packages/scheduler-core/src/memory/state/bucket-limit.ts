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

/**
 * Keeps the buckets of one scheduler within a number of bytes. The oldest minutes go first, an hour of them at a time:
 * their hours have all that they had. When only the minutes of the last hour are left, the oldest hours go.
 */
export class BucketLimit {
  readonly #keptFrom: Record<BucketWidth, EpochMs> = { minute: -Infinity, hour: -Infinity }
  #checkedAt: EpochMs = -Infinity

  /** The buckets of this width that begin before this instant, which is on a whole hour, may have been dropped. */
  keptFrom(width: BucketWidth): EpochMs {
    return this.#keptFrom[width]
  }

  /**
   * Drops what is too much, if the minute of the latest settlement is a new one. Call it only while no reader can ask for
   * an earlier state.
   */
  keep(at: EpochMs, counted: () => readonly Counted[], options: BucketLimitOptions): void {
    const { minute, hour } = BUCKET_WIDTHS
    if (!(at >= this.#checkedAt + minute)) return
    this.#checkedAt = Math.floor(at / minute) * minute
    const all = counted()
    const begun = Math.floor(at / hour) * hour
    // The last hour begins within the hour before. The one hour more is for whoever asks later.
    this.#keep('minute', all, { ...options, upTo: begun - hour })
    this.#keep('hour', all, { ...options, upTo: begun - Math.ceil(options.longestWindowMs / hour + 1) * hour })
  }

  #keep(width: BucketWidth, all: readonly Counted[], { maxBytes, upTo }: KeepOptions): void {
    const { hour } = BUCKET_WIDTHS
    let from = Math.floor(firstOf(all, width) / hour) * hour
    while (from < upTo && bytesOf(all) > maxBytes) {
      from += hour
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
