import { setImmediate } from 'node:timers/promises'

import type { Clock, EpochMs, Instant, Look, Timer } from '@pm/scheduler-core'
import { MAX_TIMER_MS, toEpochMs } from '@pm/scheduler-core/store'

import { ClockTimers } from './clock-timers.ts'

export interface ManualClockOptions {
  /** The wall time at which it starts (default 2025-09-16T02:00:00Z). */
  readonly startAt?: Instant
  /** Fires every timer with a longer delay this many milliseconds before it is due, as real hosts do (default 0). */
  readonly earlyMs?: number
}

/**
 * A clock that moves only when it is told to. Its wall side can jump on its own; timers follow the monotonic side,
 * as the real ones do.
 */
export interface ManualClock extends Clock {
  /**
   * Moves both sides forwards by `ms`, firing the timers that come due in their order, each at its instant, and
   * lets promise chains run between them. Timers that are set on the way fire too. Resolves when all of that is
   * quiet; rejects with what a callback threw. `advance(0)` fires what is due now and lets promises run.
   *
   * It cannot wait for I/O by itself: `whenQuiet` is called at each instant, and awaited. Looks for changes (`Look`) that
   * would find nothing are left out: a scheduler's month without a due time costs as much as an hour.
   */
  advance(ms: number, whenQuiet?: () => Promise<void>): Promise<void>
  /**
   * Lets `ms` pass on both sides while nothing can run, as under a blocked event loop or in a stopped process: what
   * comes due meanwhile fires at the next `advance`, late.
   */
  stall(ms: number): void
  /** Moves the wall side alone, forwards or backwards, as a correction of the host's clock does. */
  jumpWall(ms: number): void
  /** Sets the wall side alone. */
  setWall(instant: Instant): void
  /** How many timers are waiting. */
  readonly pendingTimers: number
  /** The wall time at which the next timer is due unless the wall jumps, be it only a look; `null` when none waits. */
  nextTimerAt(): EpochMs | null
}

export function createManualClock({ startAt = DEFAULT_START, earlyMs = 0 }: ManualClockOptions = {}): ManualClock {
  const timers = new ClockTimers()
  let monotonic = MONOTONIC_ORIGIN
  let wallOffset = toEpochMs(startAt, 'clock.startAt') - monotonic
  let advancing = false

  function setTimer(callback: () => void, delayMs: number, look?: Look): Timer {
    if (!(delayMs <= MAX_TIMER_MS)) throw new RangeError(`A timer cannot wait ${delayMs} ms: cut it into pieces.`)
    const wait = delayMs > earlyMs ? delayMs - earlyMs : Math.max(delayMs, 0)
    return timers.set({ setAt: monotonic, dueAt: monotonic + wait, callback, look })
  }

  async function fireUntil(target: number, whenQuiet: () => Promise<void>): Promise<void> {
    let firedNow = 0
    for (let next = timers.next(target); next; next = timers.next(target)) {
      firedNow = next.at > monotonic ? 0 : firedNow + 1
      if (firedNow > RUNAWAY) throw new Error(`${RUNAWAY} timers fired at one instant: something re-arms without end.`)
      monotonic = Math.max(monotonic, next.at)
      timers.fire(next, monotonic)
      const following = timers.next(target)
      const goesOn = following !== null && following.at <= monotonic
      await letPromisesRun(goesOn ? 1 : TURNS)
      if (!goesOn) await whenQuiet()
    }
    monotonic = Math.max(monotonic, target)
  }

  return {
    now: () => monotonic + wallOffset,
    monotonic: () => monotonic,
    setTimer,
    async advance(ms, whenQuiet = async () => {}) {
      if (!(ms >= 0)) throw new RangeError(`A clock cannot advance by ${ms} ms: use jumpWall() to go back.`)
      if (advancing) throw new Error('The clock is already advancing: await one advance() before the next.')
      advancing = true
      const target = monotonic + ms
      try {
        timers.stir(monotonic)
        await letPromisesRun(TURNS)
        await whenQuiet()
        await fireUntil(target, whenQuiet)
        await letPromisesRun(TURNS)
        await whenQuiet()
      } finally {
        advancing = false
      }
    },
    stall(ms) {
      monotonic += ms
    },
    jumpWall(ms) {
      wallOffset += ms
    },
    setWall(instant) {
      wallOffset = toEpochMs(instant, 'setWall') - monotonic
    },
    get pendingTimers() {
      return timers.size
    },
    nextTimerAt() {
      const dueAt = timers.soonestAt
      return dueAt === Infinity ? null : dueAt + wallOffset
    },
  }
}

const DEFAULT_START = Date.UTC(2025, 8, 16, 2)

/** Far from any wall time, so that code which mixes the two sides up is seen at once. */
const MONOTONIC_ORIGIN = 1_000

/** Macrotask turns after each instant: enough for chains that themselves wait for a turn or two. */
const TURNS = 3

const RUNAWAY = 1_000_000

async function letPromisesRun(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate()
}
