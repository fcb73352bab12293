import type { Clock, Timer } from '../clock.ts'
import { createSoonestTimer } from './soonest-timer.ts'

/** Many deadlines on one timer of the clock. Setting and cancelling one costs no timer of its own. */
export interface Alarms {
  /**
   * Calls `ring` once, after `delayMs` on the monotonic clock, with how many milliseconds late it is: more than a few, when
   * the event loop was blocked.
   */
  set(delayMs: number, ring: (lateMs: number) => void): PendingAlarm
  /** Cancels all alarms. */
  clear(): void
}

export interface PendingAlarm extends Timer {
  /** Rings at once if its time has passed at this instant: no timer fires while the event loop is blocked. */
  ringIfPast(now: number): void
}

/** Alarms of one delay ring in the order in which they were set, so one list per delay is always sorted. */
export function createAlarms(clock: Clock): Alarms {
  const byDelay = new Map<number, AlarmList>()
  const timer = createSoonestTimer(clock, ringDue)

  function listOf(delayMs: number): AlarmList {
    const known = byDelay.get(delayMs)
    if (known) return known
    const list: AlarmList = { first: null, last: null }
    // An empty list stays: the delays are the jobs' timeouts, so there are few lists.
    byDelay.set(delayMs, list)
    return list
  }

  function ringDue(): void {
    const now = clock.monotonic()
    let next = Infinity
    for (const list of byDelay.values()) {
      for (let alarm = list.first; alarm; alarm = list.first) {
        if (alarm.at > now) {
          next = Math.min(next, alarm.at)
          break
        }
        alarm.cancel()
        alarm.ring(now - alarm.at)
      }
    }
    timer.armFor(next)
  }

  return {
    set(delayMs, ring) {
      const alarm = new Alarm(clock.monotonic() + delayMs, ring, listOf(delayMs))
      timer.armFor(alarm.at)
      return alarm
    },
    clear() {
      timer.clear()
      byDelay.clear()
    },
  }
}

interface AlarmList {
  first: Alarm | null
  last: Alarm | null
}

/** An alarm is its own `Timer` and its own list node, because alarms are set and cancelled all the time. */
class Alarm implements PendingAlarm {
  readonly at: number
  readonly ring: (lateMs: number) => void
  readonly #list: AlarmList
  #before: Alarm | null
  #after: Alarm | null = null
  #isSet = true

  /** Appends the alarm to the list. */
  constructor(at: number, ring: (lateMs: number) => void, list: AlarmList) {
    this.at = at
    this.ring = ring
    this.#list = list
    this.#before = list.last
    if (list.last) list.last.#after = this
    else list.first = this
    list.last = this
  }

  ringIfPast(now: number): void {
    if (!this.#isSet || now <= this.at) return
    this.cancel()
    this.ring(now - this.at)
  }

  cancel(): void {
    if (!this.#isSet) return
    this.#isSet = false
    if (this.#before) this.#before.#after = this.#after
    else this.#list.first = this.#after
    if (this.#after) this.#after.#before = this.#before
    else this.#list.last = this.#before
    this.#before = null
    this.#after = null
  }
}
