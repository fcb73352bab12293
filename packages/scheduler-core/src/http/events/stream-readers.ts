import type { Clock } from '../../clock.ts'
import { createAlarms } from '../../loop/alarms.ts'
import type { Frame } from './frame.ts'
import { type ReaderHost, type ReaderOptions, StreamReader } from './stream-reader.ts'

/** The readers of a hub: sends them heartbeats, and ends them when their time is up. */
export interface StreamReaders {
  enter(reader: Omit<ReaderOptions, 'host'>): StreamReader
  /** Offers the present frame to all. */
  offer(): void
  endAll(): void
}

export interface StreamReadersOptions {
  readonly clock: Clock
  readonly heartbeatMs: number
  /** The present frame; `null` before the first. */
  readonly latest: () => Frame | null
  /** Called when the first reader comes, and when the last one has gone. */
  readonly onFirst: () => void
  readonly onNone: () => void
}

/** A reader that takes nothing for longer is cut off. */
const STALL_MS = 30_000

export function createStreamReaders({
  clock,
  heartbeatMs,
  latest,
  onFirst,
  onNone,
}: StreamReadersOptions): StreamReaders {
  const readers = new Set<StreamReader>()
  const alarms = createAlarms(clock)

  const host: ReaderHost = {
    get latest() {
      return latest()
    },
    setStallAlarm: (ring) => alarms.set(STALL_MS, ring),
    leave(reader) {
      if (!readers.delete(reader) || readers.size > 0) return
      alarms.clear()
      onNone()
    },
  }

  function beat(): void {
    const now = clock.monotonic()
    alarms.set(heartbeatMs, beat)
    for (const reader of readers) {
      if (now >= reader.expiresAt) reader.end()
      else reader.beat()
    }
  }

  return {
    enter(options) {
      const reader = new StreamReader({ host, ...options })
      readers.add(reader)
      if (readers.size === 1) {
        alarms.set(heartbeatMs, beat)
        onFirst()
      }
      return reader
    },
    offer() {
      for (const reader of readers) reader.offer()
    },
    endAll() {
      for (const reader of readers) reader.end()
    },
  }
}
