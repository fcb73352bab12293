import { type Clock, type Look, sleep, within } from '../clock.ts'
import type { Logger } from '../ports/logger.ts'

export interface LoopOptions {
  /** Names the loop in logs. */
  readonly name: string
  readonly clock: Clock
  readonly logger: Logger
  /**
   * One round of work. Answers how many milliseconds to sleep until the next one, which has work to do or may have;
   * `Idle` when there is nothing to do unless something changes elsewhere.
   */
  readonly runOnce: () => Promise<number | Idle>
  /** How long to sleep after a round that rejected (default 1,000). */
  readonly retryMs?: number
}

/** The sleep after a round that found nothing. */
export interface Idle {
  readonly sleepMs: number
  /** A later round may still find something this long after anything happened (default 0). */
  readonly quietAfterMs?: number
}

/** A background loop: it repeats `runOnce` and a sleep until it is stopped. */
export interface Loop {
  /** Begins the first round at once. Idempotent; a stopped loop may be started again. */
  start(): void
  /** Resolves when no round is under way and none will begin. Idempotent; may be called at any moment. */
  stop(): Promise<void>
  /** Ends the present sleep. When a round is under way, another one follows at once. */
  wake(): void
  /** Resolves when no round is under way or asked for: asleep, or not running. */
  whenAsleep(): Promise<void>
  /**
   * Wakes the loop and answers whether it works: it completes a round within half a second, or its present round has
   * taken less than a minute. True when the loop is not running.
   */
  isTurning(): Promise<boolean>
}

/** The longest sleep. It bounds the delay after the machine was suspended. */
const MAX_SLEEP_MS = 30_000

/** `isTurning` waits `PATIENCE_MS` for a round. A round that takes longer than the second limit is stuck. */
const PATIENCE_MS = 500
const STUCK_MS = 60_000

/** The start/stop primitive of all background services. It logs a round that rejects and tries again. */
export function createLoop({ name, clock, logger, runOnce, retryMs = 1_000 }: LoopOptions): Loop {
  let current: LoopRun | null = null
  let busySince: number | null = null

  async function round(): Promise<number | Idle> {
    try {
      return await runOnce()
    } catch (error) {
      logger.warn({ loop: name, err: error }, 'A background round failed; it is tried again')
      return retryMs
    }
  }

  async function run(self: LoopRun): Promise<void> {
    while (!self.stopped) {
      self.beginRound()
      busySince = clock.monotonic()
      const pause = await round()
      busySince = null
      if (self.stopped || self.awake) continue
      self.onAsleep()
      const sleepMs = typeof pause === 'number' ? pause : pause.sleepMs
      await sleep(clock, Math.min(sleepMs, MAX_SLEEP_MS), self.alarm.signal, lookAfter(pause))
    }
    self.onAsleep()
  }

  return {
    start() {
      if (current && !current.stopped) return
      const previous = current?.done
      const next = createLoopRun()
      // Waits for the last round of the run that is being stopped, so that two rounds never overlap.
      next.done = previous ? previous.then(() => run(next)) : run(next)
      current = next
    },
    async stop() {
      const stopping = current
      if (!stopping) return
      stopping.stopped = true
      stopping.wake()
      await stopping.done
      if (current === stopping) current = null
    },
    wake: () => current?.wake(),
    whenAsleep: () => current?.whenAsleep() ?? Promise.resolve(),
    async isTurning() {
      if (!current) return true
      current.wake()
      if (await within(clock, PATIENCE_MS, current.whenAsleep())) return true
      return busySince === null || clock.monotonic() - busySince < STUCK_MS
    },
  }
}

/** Whether the next round only looks. After a longer sleep than the longest, so do those before its end. */
function lookAfter(pause: number | Idle): Look | undefined {
  if (typeof pause !== 'number') return { quietAfterMs: pause.quietAfterMs ?? 0, untilMs: Infinity }
  return pause > MAX_SLEEP_MS ? { quietAfterMs: 0, untilMs: pause } : undefined
}

interface LoopRun {
  stopped: boolean
  /** Whether another round was asked for since the present one began. */
  awake: boolean
  alarm: AbortController
  done: Promise<void>
  wake(): void
  beginRound(): void
  onAsleep(): void
  whenAsleep(): Promise<void>
}

const WOKEN = 'woken'

function createLoopRun(): LoopRun {
  let waiting: (() => void)[] = []
  let asleep = false
  return {
    stopped: false,
    awake: false,
    alarm: new AbortController(),
    done: Promise.resolve(),
    wake() {
      asleep = false
      this.awake = true
      // `abort` without a reason creates an error each time, and a loop may be woken at the end of every run.
      if (!this.alarm.signal.aborted) this.alarm.abort(WOKEN)
    },
    beginRound() {
      asleep = false
      this.awake = false
      this.alarm = new AbortController()
    },
    onAsleep() {
      asleep = true
      for (const resolve of waiting) resolve()
      waiting = []
    },
    whenAsleep() {
      return asleep ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
