import type { Look, Timer } from '@pm/scheduler-core'

import { type LookingTimer, Looks, type NextLook, untilOf } from './looks.ts'
import { TimerHeap, type WaitingTimer } from './timer-heap.ts'

/** A timer to set, on the monotonic side of the clock. */
export interface NewTimer {
  readonly setAt: number
  readonly dueAt: number
  readonly callback: () => void
  readonly look: Look | undefined
}

/** A timer that fires next, and when. */
export type Firing =
  | { readonly at: number; readonly timer: WaitingTimer; readonly isLook: false }
  | { readonly at: number; readonly timer: LookingTimer; readonly isLook: true }

/** The timers of a manual clock: those that do something, and those that only look for changes. */
export class ClockTimers {
  readonly #timers = new TimerHeap()
  readonly #looks = new Looks()
  #order = 0

  get size(): number {
    return this.#timers.size + this.#looks.size
  }

  /** When the first one is due, be it only a look; `Infinity` when there is none. */
  get soonestAt(): number {
    return Math.min(this.#timers.peek()?.dueAt ?? Infinity, this.#looks.soonest()?.dueAt ?? Infinity)
  }

  set({ setAt, dueAt, callback, look }: NewTimer): Timer {
    const timer: WaitingTimer = { dueAt, order: this.#order++, callback, waiting: true }
    if (!look) {
      this.#timers.push(timer)
      return { cancel: () => this.#timers.cancel(timer) }
    }
    const looking: LookingTimer = { ...timer, setAt, look }
    this.#looks.add(looking)
    return { cancel: () => this.#looks.remove(looking) }
  }

  /** Notes that something may have changed at this instant: the next looks are taken. */
  stir(now: number): void {
    this.#looks.stir(now)
  }

  /** The next timer to fire up to `target`. */
  next(target: number): Firing | null {
    const next = this.#timers.peek()
    const look = this.#looks.next(Math.min(target, next?.dueAt ?? Infinity))
    if (look && look.at <= target && isFirst(look, next)) return { ...look, isLook: true }
    return next && next.dueAt <= target ? { at: next.dueAt, timer: next, isLook: false } : null
  }

  fire({ timer, isLook }: Firing, now: number): void {
    if (isLook) this.#looks.remove(timer)
    else this.#timers.pop()
    if (!isLook || untilOf(timer) <= now) this.#looks.stir(now)
    timer.callback()
  }
}

/** Whether a look comes before the soonest other timer. */
function isFirst({ at, timer }: NextLook, other: WaitingTimer | undefined): boolean {
  return !other || at < other.dueAt || (at === other.dueAt && timer.order < other.order)
}
