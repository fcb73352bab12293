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
   * How far wall clocks had come before the span. Earlier than where the span's own wall time starts: a gap lies
   * between. Later: the span repeats wall time up to here.
   */
  readonly wallReached: WallMs
}

/** The offsets of one zone, found as they are asked for and kept. */
export interface ZoneSpans {
  /** The span that holds this instant. A span may end where nothing changes. */
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
/** Before the middle of the 18th century every place had its own solar time, and no offset ever changed. */
const FIRST_BLOCK = -1_250
/** The last that lies within what a `Date` holds as a whole. */
const LAST_BLOCK = Math.floor(8.64e15 / BLOCK_MS) - 1
const MAX_BLOCKS = 2_048

/** The shortest span in the time zone database since 1900 is 7 days (Brazil, October 2000): none slips through. */
const PROBE_MS = 4 * DAY_MS

/** No change of offset moves a clock by more than a day, so earlier wall time is all behind. */
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
    // What goes on across the border begins no gap there.
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
