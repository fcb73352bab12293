import type { Look } from '@pm/scheduler-core'

import type { WaitingTimer } from './timer-heap.ts'

/** A timer that only looks whether something has changed. */
export interface LookingTimer extends WaitingTimer {
  readonly setAt: number
  readonly look: Look
}

/** A look to take, and when. */
export interface NextLook {
  readonly at: number
  readonly timer: LookingTimer
}

/**
 * The timers that only look. While no other timer fires, looks find nothing: of a quiet stretch only the first and the
 * last are taken, each at an instant at which it would have been due.
 */
export class Looks {
  readonly #timers = new Set<LookingTimer>()
  /** When something last happened. */
  #stirredAt = -Infinity

  get size(): number {
    return this.#timers.size
  }

  add(timer: LookingTimer): void {
    this.#timers.add(timer)
  }

  /** Takes out a timer, when it fires or is called off. */
  remove(timer: LookingTimer): void {
    timer.waiting = false
    this.#timers.delete(timer)
  }

  /** Notes that something happens at this instant: the looks after it may find it. */
  stir(at: number): void {
    this.#stirredAt = at
  }

  /** The look that is due first; none is left out. */
  soonest(): LookingTimer | undefined {
    let first: LookingTimer | undefined
    for (const timer of this.#timers) if (!first || isBefore(timer, first)) first = timer
    return first
  }

  /** The first look to take until `end`, at which something else happens. */
  next(end: number): NextLook | undefined {
    let quietUntil = end
    for (const timer of this.#timers) quietUntil = Math.min(quietUntil, untilOf(timer))
    let first: NextLook | undefined
    for (const timer of this.#timers) {
      const at = this.#takenAt(timer, quietUntil)
      if (!first || at < first.at || (at === first.at && timer.order < first.timer.order)) first = { at, timer }
    }
    return first
  }

  #takenAt(timer: LookingTimer, quietUntil: number): number {
    const { dueAt, setAt, look } = timer
    const mayFind = setAt <= this.#stirredAt + look.quietAfterMs
    if (mayFind || dueAt >= quietUntil) return dueAt
    if (untilOf(timer) <= quietUntil) return untilOf(timer)
    const periodMs = Math.max(dueAt - setAt, 1)
    return dueAt + Math.floor((quietUntil - dueAt) / periodMs) * periodMs
  }
}

/** When this look is for something that is known to happen, and cannot be left out. */
export function untilOf({ setAt, look }: LookingTimer): number {
  return setAt + look.untilMs
}

function isBefore(a: WaitingTimer, b: WaitingTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order)
}
