import type { EpochMs } from '../clock.ts'
import type { WallMs } from './wall-clock.ts'
import { createOffsetReader, findOffsetChange, type OffsetAt } from './zone.ts'

/** A stretch of time in which a zone's offset is the same. */
export interface ZoneSpan {
  readonly startAt: EpochMs
  /** Exclusive. */
  readonly endAt: EpochMs
  readonly offsetMs: number
  /**
   * The latest wall time that clocks showed before the span. When it is before the span's first wall time, there is a
   * gap between them. When it is after, the span repeats wall time up to here.
   */
  readonly wallReached: WallMs
}

/** The offsets of one zone, looked up on demand and cached. */
export interface ZoneSpans {
  /** The span that contains this instant. A span may end without a change of the offset. */
  at(instant: EpochMs): ZoneSpan
}

export function createZoneSpans(timezone: string): ZoneSpans {
  if (timezone === 'UTC') return { at: () => UTC }
  const blocks = new Map<number, readonly ZoneSpan[]>()
  let reader: OffsetAt | undefined
  return {
    at(instant) {
      const index = Math.min(Math.max(Math.floor(instant / BLOCK_MS), FIRST_BLOCK), LAST_BLOCK)
      let block = blocks.get(index)
      if (block === undefined) {
        reader ??= createOffsetReader(timezone)
        block = readBlock(reader, index)
        if (blocks.size >= MAX_BLOCKS) blocks.clear()
        blocks.set(index, block)
      }
      return spanIn(block, instant)
    },
  }
}

const UTC: ZoneSpan = Object.freeze({ startAt: -Infinity, endAt: Infinity, offsetMs: 0, wallReached: -Infinity })

function spanIn(block: readonly ZoneSpan[], instant: EpochMs): ZoneSpan {
  for (const span of block) if (instant < span.endAt) return span
  throw new RangeError(`${instant} is no instant`)
}

const DAY_MS = 86_400_000
const BLOCK_MS = 64 * DAY_MS
/**
 * The last block without any change of offset. Before the middle of the 18th century every place kept its own solar
 * time.
 */
const FIRST_BLOCK = -1_250
/** The last block that a `Date` can hold completely. */
const LAST_BLOCK = Math.floor(8.64e15 / BLOCK_MS) - 1
const MAX_BLOCKS = 2_048

/**
 * Shorter than the shortest span in the time zone database since 1900, 7 days (Brazil, October 2000), so that the
 * search misses no change.
 */
const PROBE_MS = 4 * DAY_MS

/** No change of offset moves a clock by more than a day, so changes before this do not matter. */
const LOOK_BACK_MS = 2 * DAY_MS

function readBlock(offsetAt: OffsetAt, index: number): readonly ZoneSpan[] {
  const startAt = index * BLOCK_MS
  const endAt = startAt + BLOCK_MS
  if (index <= FIRST_BLOCK)
    return [{ startAt: -Infinity, endAt, offsetMs: offsetAt(endAt - 1), wallReached: -Infinity }]
  const changes = findChanges(offsetAt, startAt - LOOK_BACK_MS, endAt)
  const spans: ZoneSpan[] = []
  let wallReached = -Infinity
  for (const [position, change] of changes.entries()) {
    const until = changes[position + 1]?.at ?? endAt
    const from = Math.max(change.at, startAt)
    // A span that goes on from the block before begins no gap at the border.
    if (change.at < startAt && until > startAt) wallReached = Math.max(wallReached, from + change.offsetMs)
    if (until > startAt) spans.push({ startAt: from, endAt: until, offsetMs: change.offsetMs, wallReached })
    wallReached = Math.max(wallReached, until + change.offsetMs)
  }
  return index < LAST_BLOCK ? spans : spans.map((span) => (span.endAt === endAt ? { ...span, endAt: Infinity } : span))
}

interface Change {
  readonly at: EpochMs
  readonly offsetMs: number
}

/** The offset at `from`, and every change of it before `to`. */
function findChanges(offsetAt: OffsetAt, from: EpochMs, to: EpochMs): readonly Change[] {
  const changes: Change[] = [{ at: from, offsetMs: offsetAt(from) }]
  let known = from
  let offsetMs = offsetAt(from)
  while (known < to - 1) {
    const probe = Math.min(known + PROBE_MS, to - 1)
    if (offsetAt(probe) === offsetMs) {
      known = probe
      continue
    }
    known = findOffsetChange(offsetAt, known, probe)
    offsetMs = offsetAt(known)
    changes.push({ at: known, offsetMs })
  }
  return changes
}
