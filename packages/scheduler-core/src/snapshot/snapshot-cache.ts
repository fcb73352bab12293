import { type Clock, within } from '../clock.ts'
import type { SchedulerSnapshot, SessionsReading, SnapshotReading } from '../reading/snapshot.ts'
import { deepFreeze } from './deep-freeze.ts'

/** Takes snapshots no more often than readers need, and keeps the last one for when the store is away. */
export interface SnapshotCache {
  read(maxAgeMs: number): Promise<SnapshotReading>
  /** Invalidates the cache: snapshots that began before this call are not served as fresh any more. */
  expire(): void
}

/** A snapshot that was taken. */
interface Taken {
  readonly snapshot: SchedulerSnapshot
  readonly takenAt: number
  /** Its number, in the order in which snapshots began. */
  readonly number: number
}

export interface SnapshotCacheOptions {
  readonly clock: Clock
  readonly take: () => Promise<SchedulerSnapshot>
  readonly newId: () => string
  /** The state of this process, which is known even while the store is away. */
  readonly present: () => Present
}

export interface Present {
  readonly reasons: readonly string[]
  readonly sessions: SessionsReading
}

const UNAVAILABLE = 'STORE_UNAVAILABLE'

/** How long a reader waits for a fresh snapshot when there is an older one. */
const PATIENCE_MS = 200

/**
 * Single flight: all concurrent readers wait for one snapshot. When it takes too long, they get the last one, marked
 * stale. When it fails, they get the last one with the state `error`, the present problems, and the units that hold
 * sessions. Without a last one they get the failure.
 */
export function createSnapshotCache({ clock, take, newId, present }: SnapshotCacheOptions): SnapshotCache {
  let begun = 0
  let expired = 0
  let last: Taken | null = null
  let stale: SchedulerSnapshot | null = null
  let staleFor = ''
  let failedAt = -Infinity
  let flight: Promise<SnapshotReading> | null = null

  async function fly(): Promise<SnapshotReading> {
    const number = ++begun
    const takenAt = clock.monotonic()
    try {
      const snapshot = await take()
      if (!last || last.number < number) {
        last = { snapshot, takenAt, number }
        stale = null
      }
      return { snapshot, stale: false, ageMs: 0 }
    } catch (error) {
      if (begun === number) failedAt = clock.monotonic()
      throw error
    } finally {
      if (begun === number) flight = null
    }
  }

  /** The last snapshot: unchanged while the store is merely slow, in the state `error` once it has failed. */
  function readStale(from: Taken): SnapshotReading {
    const ageMs = clock.monotonic() - from.takenAt
    if (failedAt < from.takenAt) return { snapshot: from.snapshot, stale: true, ageMs }
    const { sessions, reasons: others } = present()
    const reasons = [UNAVAILABLE, ...others.filter((reason) => reason !== UNAVAILABLE)]
    // Its numbers are old. It gets a new id when the present problems have changed.
    const holders = reasons.includes('POOL_EXHAUSTED') ? sessions.held.map(({ unit }) => unit) : []
    const tells = JSON.stringify([reasons, holders])
    if (!stale || staleFor !== tells) {
      staleFor = tells
      const scheduler = { ...from.snapshot.scheduler, state: 'error' as const, reasons }
      stale = deepFreeze({ ...from.snapshot, id: newId(), scheduler, sessions })
    }
    return { snapshot: stale, stale: true, ageMs }
  }

  return {
    async read(maxAgeMs) {
      const age = last ? clock.monotonic() - last.takenAt : Infinity
      if (last && !stale && last.number > expired && age < maxAgeMs)
        return { snapshot: last.snapshot, stale: false, ageMs: age }
      const previous = last
      // While the store is away, it is asked no more often than when it is there.
      if (previous && clock.monotonic() - failedAt < maxAgeMs) return readStale(previous)
      flight ??= fly()
      if (!previous) return flight
      const fresh = flight.catch(() => null)
      const isInTime = await within(clock, PATIENCE_MS, fresh)
      return (isInTime ? await fresh : null) ?? readStale(previous)
    },
    expire() {
      expired = begun
      flight = null
      // The store has just taken a change, so it is there again.
      failedAt = -Infinity
    },
  }
}
