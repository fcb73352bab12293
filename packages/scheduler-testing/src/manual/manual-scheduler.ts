import {
  createMemoryBackend,
  createScheduler,
  type EpochMs,
  type LedgerEntry,
  type MemorySession,
  type Scheduler,
  type SchedulerOptions,
  type SchedulerSnapshot,
  type SessionProvider,
} from '@pm/scheduler-core'
import type { Store } from '@pm/scheduler-core/store'

import { createManualClock, type ManualClock } from '../manual-clock.ts'
import { createMortalProcess, type MortalProcess } from './mortal-process.ts'
import { passTime } from './pass-time.ts'
import { createQuietSessions } from './quiet-sessions.ts'
import { wholeLedger } from './whole-ledger.ts'

/** Where the ledger is kept. */
export interface Backend<S extends object> {
  readonly sessions: SessionProvider<S>
  readonly store: Store<S>
}

/** As `createScheduler` takes them; name and clock have defaults. */
export interface ManualSchedulerOptions<S extends object>
  extends Omit<SchedulerOptions<S>, 'name' | 'clock' | 'sessions' | 'store' | 'followStoreClock'> {
  /** The scheduler's name (default `scheduler`). */
  readonly name?: string
  /** The clock that the test moves (default a new one, which begins at 2025-09-16T02:00:00Z). */
  readonly clock?: ManualClock
}

/**
 * A scheduler in a test's hands: time passes when the test says so, and a process of its own can die. Everything
 * else is the real thing.
 */
export interface ManualScheduler {
  readonly clock: ManualClock
  /** The wall time at which it was opened first. */
  readonly startedAt: EpochMs
  /** The instance that lives now: another one after `restart()`. */
  readonly scheduler: Scheduler
  /** Lets time pass. Whatever comes due on the way runs, each at its instant. */
  advance(ms: number): Promise<void>
  /**
   * Moves to the soonest due time that will run, lets it start, and answers it. A handler that itself waits for the
   * clock is still running then. Throws when nothing will run, as in a pause.
   */
  runToNextDue(): Promise<EpochMs>
  /** Runs a job now, beside its schedule. */
  runJob(job: string): Promise<void>
  /** A snapshot of this very moment. */
  snapshot(): Promise<SchedulerSnapshot>
  /** The whole ledger, latest first, as `listRuns` and `GET /runs` list it. */
  ledger(): Promise<readonly LedgerEntry[]>
  /** The process dies, as by SIGKILL: its runs stay `running` until another instance finds them. */
  crash(): void
  /** A new process on the same ledger. The one before is closed first, unless it has crashed. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Opens a scheduler on a manual clock, on the memory backend unless another one is given. */
export function createManualScheduler(options: ManualSchedulerOptions<MemorySession>): Promise<ManualScheduler>
export function createManualScheduler<S extends object>(
  options: ManualSchedulerOptions<S> & Backend<S>,
): Promise<ManualScheduler>
export function createManualScheduler<S extends object>(
  options: ManualSchedulerOptions<MemorySession> | (ManualSchedulerOptions<S> & Backend<S>),
): Promise<ManualScheduler> {
  return 'store' in options ? openManual(options) : openManual({ ...options, ...createMemoryBackend() })
}

async function openManual<S extends object>({
  clock = createManualClock(),
  sessions: given,
  ...options
}: ManualSchedulerOptions<S> & Backend<S>): Promise<ManualScheduler> {
  const sessions = createQuietSessions(given)
  const startedAt = clock.now()

  async function openProcess(): Promise<{ readonly process: MortalProcess<S>; readonly scheduler: Scheduler }> {
    const process = createMortalProcess(clock, sessions)
    const scheduler = createScheduler<S>({
      name: 'scheduler',
      ...options,
      clock: process.clock,
      sessions: process.sessions,
      followStoreClock: false,
    })
    await scheduler.open()
    await passTime(clock, sessions, 0)
    return { process, scheduler }
  }

  let crashed = false
  let life = await openProcess()

  async function snapshot(): Promise<SchedulerSnapshot> {
    return (await life.scheduler.snapshot({ maxAgeMs: 0 })).snapshot
  }

  async function close(): Promise<void> {
    if (crashed) return
    const closing = life.scheduler.close({ graceMs: 0 })
    await passTime(clock, sessions, CLOSING_MS)
    await closing
  }

  return {
    clock,
    startedAt,
    get scheduler() {
      return life.scheduler
    },
    advance: (ms) => passTime(clock, sessions, ms),
    async runToNextDue() {
      const { nextRunAt } = (await snapshot()).scheduler
      if (nextRunAt === null) throw new Error(`No due time of ${life.scheduler.name} will run.`)
      await passTime(clock, sessions, Math.max(0, nextRunAt - clock.now()))
      return nextRunAt
    },
    async runJob(job) {
      await life.scheduler.runJob(job)
      await passTime(clock, sessions, 0)
    },
    snapshot,
    ledger: () => wholeLedger(life.scheduler),
    crash() {
      crashed = true
      life.process.kill()
    },
    async restart() {
      await close()
      life = await openProcess()
      crashed = false
    },
    close,
  }
}

/** Longer than a close without grace takes. */
const CLOSING_MS = 1_000
