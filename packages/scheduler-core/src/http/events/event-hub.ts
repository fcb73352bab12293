import { random } from '../../chance.ts'
import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import { createLoop } from '../../loop/loop.ts'
import { silentLogger } from '../../ports/logger.ts'
import type { SnapshotReading } from '../../reading/snapshot.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { ResponseStream } from '../exchange/response-stream.ts'
import { createChangeAlarm } from './change-alarm.ts'
import type { Frame, FrameMaker } from './frame.ts'
import { type LiveOptions, withLiveDefaults } from './live-options.ts'
import { createStreamReaders } from './stream-readers.ts'

/** Sends the status of one view to all its readers. */
export interface EventHub {
  /**
   * Opens a stream, which begins with the present status, unless the reader has seen it last. Throws
   * `TOO_MANY_STREAMS`, `SHUTTING_DOWN`, or the error of the scheduler's `snapshot` when there was never one.
   */
  connect(reader: { readonly principal: string; readonly lastEventId: string | null }): Promise<ResponseStream>
  /** Whether it takes readers: its scheduler is not closing, and it was not closed. */
  readonly isOpen: boolean
  /** Ends every stream, and refuses new readers. */
  close(): void
}

export interface EventHubOptions {
  readonly scheduler: Pick<Scheduler, 'snapshot' | 'on'>
  readonly frames: FrameMaker
  readonly clock: Clock
  readonly live?: LiveOptions
  /** Called when the last reader has gone (default: nobody waits for it). */
  readonly onNone?: () => void
}

/** The shortest time between two looks at changes of this process. */
const SOONEST_MS = 250
/** Streams end at different times, within this part of their longest life. */
const SPREAD = 0.2

/**
 * While there are readers, the hub reads the snapshot at intervals, and sooner when this process has changed something.
 * When there is something to tell since the last frame, the hub sends one new frame to all readers. Nothing runs
 * without readers.
 */
export function createEventHub({ scheduler, frames, clock, live, onNone = () => {} }: EventHubOptions): EventHub {
  const { intervalMs, heartbeatMs, maxConnectionMs, limits } = withLiveDefaults(live)
  const loop = createLoop({ name: 'events', clock, logger: silentLogger, runOnce: look, retryMs: intervalMs })
  const soonestMs = Math.min(SOONEST_MS, intervalMs)
  const changes = createChangeAlarm({ scheduler, clock, soonestMs, ring: loop.wake })
  let latest: Frame | null = null
  let isClosing = false
  let isClosed = false

  const readers = createStreamReaders({ clock, heartbeatMs, latest: () => latest, onFirst: wakeUp, onNone: rest })
  const attached = [
    scheduler.on('closing', () => {
      isClosing = true
      readers.endAll()
    }),
    scheduler.on('opened', () => {
      isClosing = false
    }),
  ]

  async function look(): Promise<number> {
    const maxAgeMs = changes.takeChanged() ? 0 : intervalMs
    const reading = await scheduler.snapshot({ maxAgeMs })
    publish(reading)
    // Reads when the last snapshot is no longer fresh: routers that share a scheduler then share its snapshots too.
    return reading.stale ? intervalMs : Math.max(intervalMs - reading.ageMs, soonestMs)
  }

  function publish(reading: SnapshotReading): void {
    const frame = frames.next(reading, latest)
    if (!frame) return
    latest = frame
    readers.offer()
  }

  /** Who comes now begins with the present status, also where there is nothing to tell the others. */
  function publishAnew(reading: SnapshotReading): void {
    publish(reading)
    if (latest) latest = frames.again(reading, latest)
  }

  function wakeUp(): void {
    changes.listen()
    loop.start()
  }

  function rest(): void {
    changes.ignore()
    void loop.stop()
    onNone()
  }

  function assertOpen(): void {
    if (isClosing || isClosed) throw new SchedulerError('SHUTTING_DOWN', {})
  }

  return {
    get isOpen() {
      return !isClosing && !isClosed
    },
    async connect({ principal, lastEventId }) {
      assertOpen()
      const giveBack = limits.take(principal)
      try {
        publishAnew(await scheduler.snapshot())
        assertOpen()
      } catch (error) {
        giveBack()
        throw error
      }
      const lifeMs = maxConnectionMs * (1 - SPREAD * random())
      return readers.enter({ lastEventId, expiresAt: clock.monotonic() + lifeMs, giveBack })
    },
    close() {
      isClosed = true
      for (const off of attached) off()
      readers.endAll()
    },
  }
}
