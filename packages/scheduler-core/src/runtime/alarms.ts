import type { Clock, Timer } from '../clock.ts'
import { createSoonestTimer } from './soonest-timer.ts'

/** Many deadlines on one timer of the clock: setting one and calling it off cost no timer of their own. */
export interface Alarms {
  /** Calls `ring` once, after `delayMs` on the monotonic clock. */
  set(delayMs: number, ring: () => void): Timer
  /** Calls off all of them. */
  clear(): void
}

/** One of many that are set and called off all the time: a class, so that it is its own timer. */
class Alarm implements Timer {
  readonly at: number
  readonly ring: () => void
  readonly #among: Set<Alarm>

  constructor(at: number, ring: () => void, among: Set<Alarm>) {
    this.at = at
    this.ring = ring
    this.#among = among
  }

  cancel(): void {
    this.#among.delete(this)
  }
}

/** Alarms of one delay ring in the order in which they were set, so a set per delay keeps them sorted for nothing. */
export function createAlarms(clock: Clock): Alarms {
  const byDelay = new Map<number, Set<Alarm>>()
  const timer = createSoonestTimer(clock, ringDue)

  function ringDue(): void {
    const now = clock.monotonic()
    let next = Infinity
    for (const alarms of byDelay.values()) {
      for (const alarm of alarms) {
        if (alarm.at > now) {
          next = Math.min(next, alarm.at)
          break
        }
        alarms.delete(alarm)
        alarm.ring()
      }
    }
    timer.armFor(next)
  }

  return {
    set(delayMs, ring) {
      const alarms = byDelay.get(delayMs) ?? new Set()
      const alarm = new Alarm(clock.monotonic() + delayMs, ring, alarms)
      // An empty set stays: delays are those of the jobs' timeouts, which are few.
      byDelay.set(delayMs, alarms.add(alarm))
      timer.armFor(alarm.at)
      return alarm
    },
    clear() {
      timer.clear()
      byDelay.clear()
    },
  }
}
