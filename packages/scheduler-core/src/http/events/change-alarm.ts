import type { Clock, Timer } from '../../clock.ts'
import type { SchedulerEvents } from '../../events.ts'
import type { Scheduler } from '../../scheduler-api.ts'

/** Rings when the scheduler of this process has changed something, at a limited rate. */
export interface ChangeAlarm {
  listen(): void
  ignore(): void
  /** Returns whether something has changed since the last call, and starts anew. */
  takeChanged(): boolean
}

export interface ChangeAlarmOptions {
  readonly scheduler: Pick<Scheduler, 'on'>
  readonly clock: Clock
  /** The shortest time from `takeChanged` to the next ring. */
  readonly soonestMs: number
  readonly ring: () => void
}

const CHANGES: readonly (keyof SchedulerEvents)[] = ['run-started', 'run-progress', 'run-settled', 'state-changed']

export function createChangeAlarm({ scheduler, clock, soonestMs, ring }: ChangeAlarmOptions): ChangeAlarm {
  let askedAt = -Infinity
  /** Set when something has changed since it was asked last. */
  let changed: Timer | null = null
  let unsubscribe: readonly (() => void)[] = []

  function onChange(): void {
    changed ??= clock.setTimer(ring, Math.max(0, askedAt + soonestMs - clock.monotonic()))
  }

  function reset(): void {
    changed?.cancel()
    changed = null
  }

  return {
    listen() {
      unsubscribe = CHANGES.map((event) => scheduler.on(event, onChange))
    },
    ignore() {
      for (const off of unsubscribe) off()
      reset()
    },
    takeChanged() {
      const hasChanged = changed !== null
      reset()
      askedAt = clock.monotonic()
      return hasChanged
    },
  }
}
