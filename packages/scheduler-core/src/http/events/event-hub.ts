import { random } from '../../chance.ts'
import type { Clock, Timer } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { SchedulerEvents } from '../../events.ts'
import { createAlarms } from '../../loop/alarms.ts'
import { createLoop } from '../../loop/loop.ts'
import { silentLogger } from '../../ports/logger.ts'
import type { SnapshotReading } from '../../reading/snapshot.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { ResponseStream } from '../exchange/response-stream.ts'
import { type Frame, toFrame } from './frame.ts'
import { type LiveOptions, withLiveDefaults } from './live-options.ts'
import type { StatusAnswers } from './status-answers.ts'
import { type ReaderHost, StreamReader } from './stream-reader.ts'

/** Sends the status of one view to everybody who listens. */
export interface EventHub {
  /**
   * A stream of its own for a reader. It begins with the present status, unless that is what the reader has seen last.
   * Throws `TOO_MANY_STREAMS`, `SHUTTING_DOWN`, or what the scheduler's `snapshot` does when there was never one.
   */
  connect(reader: { readonly principal: string; readonly lastEventId: string | null }): Promise<ResponseStream>
  /** Ends every stream, and takes no reader any more. */
  close(): void
}

export interface EventHubOptions {
  readonly scheduler: Pick<Scheduler, 'snapshot' | 'on'>
  readonly statusOf: (reading: SnapshotReading) => StatusAnswers
  readonly clock: Clock
  readonly live?: LiveOptions
}

/** A reader that takes nothing for longer is cut off. */
const STALL_MS = 30_000
/** A change of this process is looked at no sooner after the last look. */
const SOONEST_MS = 250
/** Streams end at different times, within this part of their longest life. */
const SPREAD = 0.2

const CHANGES: readonly (keyof SchedulerEvents)[] = ['run-started', 'run-progress', 'run-settled', 'state-changed']

/**
 * While anybody listens, the snapshot is looked at again and again, and sooner when this process has changed something.
 * What differs from the last frame is made into one, once, and offered to all. Nothing runs while nobody listens.
 */
export function createEventHub({ scheduler, statusOf, clock, live }: EventHubOptions): EventHub {
  const { intervalMs, heartbeatMs, maxConnectionMs, limits } = withLiveDefaults(live)
  const readers = new Set<StreamReader>()
  const alarms = createAlarms(clock)
  const loop = createLoop({ name: 'events', clock, logger: silentLogger, runOnce: look, retryMs: intervalMs })
  const soonestMs = Math.min(SOONEST_MS, intervalMs)
  let latest: Frame | null = null
  let lookedAt = -Infinity
  /** Set when something has changed here since the last look. */
  let changed: Timer | null = null
  let unsubscribe: readonly (() => void)[] = []
  let isClosing = false
  let isClosed = false

  const host: ReaderHost = {
    get latest() {
      return latest
    },
    setStallAlarm: (ring) => alarms.set(STALL_MS, ring),
    leave,
  }
  const attached = [
    scheduler.on('closing', () => {
      isClosing = true
      endAll()
    }),
    scheduler.on('opened', () => {
      isClosing = false
    }),
  ]

  async function look(): Promise<number> {
    const maxAgeMs = changed ? 0 : intervalMs
    changed?.cancel()
    changed = null
    lookedAt = clock.monotonic()
    const reading = await scheduler.snapshot({ maxAgeMs })
    publish(reading)
    // When the one that was read is no longer fresh: routers that share a scheduler then share its snapshots too.
    return reading.stale ? intervalMs : Math.max(intervalMs - reading.ageMs, soonestMs)
  }

  function publish(reading: SnapshotReading): void {
    const { body } = statusOf(reading).full
    if (body === null || (latest && isEqual(latest.data, body))) return
    latest = toFrame(reading.snapshot.id, body)
    for (const reader of readers) reader.offer()
  }

  function onChange(): void {
    if (changed) return
    changed = clock.setTimer(loop.wake, Math.max(0, lookedAt + soonestMs - clock.monotonic()))
  }

  function beat(): void {
    const now = clock.monotonic()
    alarms.set(heartbeatMs, beat)
    for (const reader of readers) {
      if (now >= reader.expiresAt) reader.end()
      else reader.beat()
    }
  }

  function enter(reader: StreamReader): void {
    readers.add(reader)
    if (readers.size > 1) return
    unsubscribe = CHANGES.map((event) => scheduler.on(event, onChange))
    alarms.set(heartbeatMs, beat)
    loop.start()
  }

  function leave(reader: StreamReader): void {
    if (!readers.delete(reader) || readers.size > 0) return
    for (const off of unsubscribe) off()
    changed?.cancel()
    changed = null
    alarms.clear()
    void loop.stop()
  }

  function endAll(): void {
    for (const reader of readers) reader.end()
  }

  function assertOpen(): void {
    if (isClosing || isClosed) throw new SchedulerError('SHUTTING_DOWN', {})
  }

  return {
    async connect({ principal, lastEventId }) {
      assertOpen()
      const giveBack = limits.take(principal)
      try {
        publish(await scheduler.snapshot())
        assertOpen()
      } catch (error) {
        giveBack()
        throw error
      }
      const lifeMs = maxConnectionMs * (1 - SPREAD * random())
      const reader = new StreamReader({ host, lastEventId, expiresAt: clock.monotonic() + lifeMs, giveBack })
      enter(reader)
      return reader
    },
    close() {
      isClosed = true
      for (const off of attached) off()
      endAll()
    },
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || Buffer.compare(a, b) === 0
}
