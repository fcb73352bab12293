import {
  createScheduler,
  type EpochMs,
  type HostScheduler,
  type JobOptions,
  type LedgerEntry,
  type Run,
  type RunContext,
  type Scheduler,
  type SchedulerOptions,
  type SchedulerSnapshot,
  type SessionProvider,
} from '@pm/scheduler-core'
import type { DefinitionSpan, Store } from '@pm/scheduler-core/store'
import { expect, onTestFinished } from 'vitest'
import { createMortalProcess, type MortalProcess } from '../../manual/mortal-process.ts'
import { passTime } from '../../manual/pass-time.ts'
import { createQuietSessions, type QuietSessions } from '../../manual/quiet-sessions.ts'
import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import type { CreateStoreHarness } from '../harness/harness.ts'
import { checkingCursors } from './cursor-check.ts'
import { expectDueTimes } from './due-time-check.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
/** How long an instance may take to hear of what others were told. */
export const WATCH = 20 * SECOND
/** 02:00 UTC: a due time of every grid that the stories use. */
export const T0 = Date.UTC(2025, 8, 16, 2)

export type InstanceOptions<S extends object> = Omit<Partial<SchedulerOptions<S>>, 'clock'> &
  Pick<SchedulerOptions<S>, 'jobs'>

export type Step<S> = (context: RunContext<S>) => unknown

/** One store, a clock that only the story moves, and the scheduler instances that share them. */
export class Stage<S extends object> {
  readonly clock: ManualClock
  readonly sessions: QuietSessions<S>
  readonly store: Store<S>
  /** A story that loses due times itself says so: at the end of every other, nothing may be unexplained. */
  tampered = false

  constructor(sessions: SessionProvider<S>, store: Store<S>, clock = createManualClock({ startAt: T0 })) {
    this.clock = clock
    this.sessions = createQuietSessions(sessions)
    const checking = checkingCursors(store)
    this.store = checking.store
    onTestFinished(() => expect(checking.violations).toEqual([]))
  }

  /** An instance that is not open yet; it is closed after the test. With a clock of its own it lives in its own time. */
  instance(options: InstanceOptions<S>, clock: ManualClock = this.clock): HostScheduler<S> {
    const { sessions, store } = this
    const scheduler = createScheduler<S>({
      name: 'market_data_scheduler',
      sessions,
      store,
      clock,
      graceMs: 0,
      watchMs: WATCH,
      ...options,
    })
    onTestFinished(async () => {
      const closing = scheduler.close({ graceMs: 0 })
      // What it waits for with the clock comes to its end.
      await this.pass(SECOND, clock)
      await closing
      // What was under way when the time was over ends before the store is emptied.
      await this.pass(0)
      if (!this.tampered) await this.expectAllExplained(options, clock)
    })
    return scheduler
  }

  /** An open process that only watches and commands; it is closed after the test. */
  async observe(): Promise<HostScheduler<S>> {
    const { sessions, store, clock } = this
    const observer = createScheduler<S>({ name: 'market_data_scheduler', role: 'observer', sessions, store, clock })
    onTestFinished(async () => {
      await observer.close({ graceMs: 0 })
      await this.pass(0)
    })
    await observer.open()
    return observer
  }

  /** Holds the whole ledger against the schedules, by way of the stage's own store: faults are an instance's. */
  private async expectAllExplained(options: InstanceOptions<S>, clock: ManualClock): Promise<void> {
    const { sessions, store } = this
    const whole = { sessions, store, clock, reads: { maxRows: Infinity, timeoutMs: Infinity } }
    const auditor = createScheduler<S>({ name: 'market_data_scheduler', ...options, ...whole })
    for (const audit of await auditor.audit({ from: T0 - 7 * 24 * HOUR, to: T0 + 365 * 24 * HOUR })) {
      expect(audit).toMatchObject({ unexplained: [], accountedTwice: 0, offSchedule: 0 })
      const { expected, started, skipped, suppressed, missed, pending } = audit
      expect(started + skipped + suppressed + missed + pending).toBe(expected)
      await expectDueTimes(auditor, audit)
    }
  }

  /** Opens an instance with one job that is due every minute. */
  async open(
    handler: Step<S>,
    options: Partial<JobOptions<S>> & { readonly with?: Partial<SchedulerOptions<S>> } = {},
  ) {
    const { with: schedulerOptions, ...jobOptions } = options
    const scheduler = this.instance({ jobs: [minutely(handler, jobOptions)], ...schedulerOptions })
    await scheduler.open()
    await this.pass(0)
    return scheduler
  }

  /** Opens an instance with these jobs. */
  async begin(jobs: readonly JobOptions<S>[], deployment?: string): Promise<Scheduler> {
    const scheduler = this.instance({ jobs, ...(deployment !== undefined && { deployment }) })
    await scheduler.open()
    await this.pass(0)
    return scheduler
  }

  /** Closes an instance in good order. */
  async end(scheduler: Scheduler): Promise<void> {
    const closing = scheduler.close({ graceMs: 0 })
    await this.pass(SECOND)
    await closing
  }

  /** An instance with these jobs that is open for a while, and closed then. */
  async life(jobs: readonly JobOptions<S>[], ms: number): Promise<void> {
    const scheduler = await this.begin(jobs)
    await this.pass(ms)
    await this.end(scheduler)
  }

  /** An instance whose process can die. */
  mortal(
    jobs: readonly JobOptions<S>[],
    rest: Partial<SchedulerOptions<S>> = {},
  ): Scheduler & Pick<MortalProcess<S>, 'kill'> {
    const { kill, clock, sessions } = createMortalProcess<S>(this.clock, this.sessions)
    const { store } = this
    const options = { name: 'market_data_scheduler', jobs, sessions, store, clock, followStoreClock: false }
    return { ...createScheduler<S>({ ...options, watchMs: WATCH, ...rest }), kill }
  }

  /** An instance that is open for a while. Then its clock stands still: it does no more than one that was killed. */
  async standStill(job: JobOptions<S>, afterMs = MINUTE): Promise<Scheduler> {
    const clock = createManualClock({ startAt: T0 })
    const scheduler = this.instance({ jobs: [job] }, clock)
    await scheduler.open()
    await this.pass(afterMs, clock)
    await this.clock.advance(afterMs)
    return scheduler
  }

  /** The definitions of a job that the store has, oldest first. */
  definitions({ name: scheduler }: Scheduler, job = 'poll'): Promise<readonly DefinitionSpan[]> {
    return this.sessions.withSession((session) => this.store.readDefinitions(session, { scheduler, job, endedFrom: 0 }))
  }

  /** Lets time pass, from timer to timer, waiting at each until nothing is being read or written. */
  pass(ms: number, clock: ManualClock = this.clock): Promise<void> {
    return passTime(clock, this.sessions, ms)
  }

  /** Moves the cursor of the job up to an instant without an entry, as a careless hand in the database would. */
  async rob({ name: scheduler }: Scheduler, upTo: EpochMs): Promise<void> {
    this.tampered = true
    const change = { job: 'poll', cursor: upTo, unrun: [], claims: [], cancel: [] }
    await this.sessions.withSession((session) => this.store.record(session, { scheduler, changes: [change] }))
  }

  /** A snapshot of this very moment. */
  async snapshot(scheduler: Scheduler): Promise<SchedulerSnapshot> {
    return (await scheduler.snapshot({ maxAgeMs: 0 })).snapshot
  }

  /** The whole ledger, oldest first. */
  async ledger(scheduler: Scheduler): Promise<readonly LedgerEntry[]> {
    const { items } = await scheduler.listRuns({ limit: 200 })
    return [...items].sort((a, b) => Number(a.scheduledFor ?? a.settledAt) - Number(b.scheduledFor ?? b.settledAt))
  }
}

export function minutely<S>(handler: Step<S>, options: Partial<JobOptions<S>> = {}): JobOptions<S> {
  return { name: 'poll', schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 }, handler, ...options }
}

export async function openStage<S extends object>(createHarness: CreateStoreHarness<S>): Promise<Stage<S>> {
  const harness = await createHarness()
  onTestFinished(() => harness.close())
  return new Stage(harness.sessions, harness.store)
}

/** What became of each entry, with its minute: `1 succeeded`, `2-4 missed`. */
export function fates(ledger: readonly LedgerEntry[]): string[] {
  return ledger.map((entry) => {
    const from = minute(entry.scheduledFor)
    const through = entry.kind === 'unrun' && entry.dueCount > 1 ? `-${minute(entry.through)}` : ''
    return `${from}${through} ${entry.state}`
  })
}

export function runs(ledger: readonly LedgerEntry[]): Run[] {
  return ledger.filter((entry) => entry.kind === 'run')
}

function minute(instant: number | null): string {
  return instant === null ? 'manual' : String((instant - T0) / MINUTE)
}
