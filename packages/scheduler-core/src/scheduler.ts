import type { EpochMs } from './clock.ts'
import { SchedulerError } from './errors.ts'
import type { SchedulerEvents } from './events.ts'
import { type RunId, randomInstanceId, randomRunId } from './ids.ts'
import { describeValue } from './options/describe-value.ts'
import type { Actor, ControlState, LogEntry } from './ports/control.ts'
import type { LedgerQuery, Page, PageQuery } from './ports/store.ts'
import type { LedgerEntry } from './run/ledger-entry.ts'
import { type ControlCommand, createCommander } from './runtime/commander.ts'
import { createEmitter } from './runtime/emitter.ts'
import { guardSessions } from './runtime/guard-sessions.ts'
import { createRuntime, type Runtime } from './runtime/runtime.ts'
import { createSchedulerState } from './runtime/scheduler-state.ts'
import { createTurns } from './runtime/turns.ts'
import { createUnits } from './runtime/units.ts'
import { checkOptions, type SchedulerOptions } from './scheduler-options.ts'
import type { ObservedState, SnapshotReading } from './snapshot/snapshot.ts'
import { createSnapshotCache } from './snapshot/snapshot-cache.ts'
import { createSnapshotTaker } from './snapshot/take-snapshot.ts'

/** Who commands, why, and on which version of the control state the command is based. */
export interface CommandOptions {
  /** Default `host`. */
  readonly by?: string
  readonly why?: string
  /** Refuse with `CONTROL_CONFLICT` when the control state has moved on. */
  readonly expectedVersion?: number
}

export interface PauseOptions extends CommandOptions {
  /** When the pause ends by itself (default never). */
  readonly until?: EpochMs
}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when it was so already. */
  readonly changed: boolean
  readonly control: ControlState
}

export interface SnapshotOptions {
  /** A snapshot that is no older will do (default 1,000); 0 takes a new one. */
  readonly maxAgeMs?: number
}

/**
 * Runs jobs on their schedules. `open` and `close` belong to the host process and leave what operators want
 * untouched; `start`, `stop`, `pause` and `resume` are the operators' commands: persisted, logged, and valid for
 * every instance that shares the store.
 */
export interface Scheduler {
  readonly name: string
  readonly state: ObservedState
  readonly jobNames: readonly string[]

  /** Registers the jobs and begins to do what is desired (running, unless somebody asked otherwise). Idempotent. */
  open(): Promise<void>
  /**
   * Drains: starts nothing more, waits up to `graceMs` (default 10,000) for running work, aborts what is left and
   * settles it as cancelled. After it resolves nothing is written. Idempotent; resolves within `graceMs` + 500 ms.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>

  start(options?: CommandOptions): Promise<CommandResult>
  stop(options?: CommandOptions): Promise<CommandResult>
  pause(options?: PauseOptions): Promise<CommandResult>
  resume(options?: CommandOptions): Promise<CommandResult>
  pauseJob(job: string, options?: PauseOptions): Promise<CommandResult>
  resumeJob(job: string, options?: CommandOptions): Promise<CommandResult>
  /** Runs a job now, beside its schedule; answers when the run is claimed, not when it is over. */
  runJob(job: string, options?: CommandOptions): Promise<{ readonly runId: RunId }>
  /** Asks a run's owner to abort it; it is then settled as `cancelled`. */
  cancelRun(runId: RunId, options?: CommandOptions): Promise<void>

  /** The present snapshot. While the store cannot be reached: the last one, marked stale. */
  snapshot(options?: SnapshotOptions): Promise<SnapshotReading>
  listEntries(query?: Partial<Omit<LedgerQuery, 'scheduler'>>): Promise<Page<LedgerEntry>>
  listLog(query?: Partial<Omit<PageQuery, 'scheduler'>>): Promise<Page<LogEntry>>

  /** Calls `listener` at every event of this name; answers how to stop that. */
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  /** Resolves when no run of this instance is under way and nothing waits to be written. */
  whenIdle(): Promise<void>
}

/**
 * Puts a scheduler together from its jobs, a session provider and a store. Opens nothing and touches nothing until
 * `open()`. Throws `INVALID_OPTIONS`.
 */
export function createScheduler<S extends object>(given: SchedulerOptions<S>): Scheduler {
  const options = checkOptions(given)
  const { name, jobs, store, clock, logger } = options
  const instance = randomInstanceId()
  const events = createEmitter(logger)
  const state = createSchedulerState({
    clock,
    onChange(change) {
      logger.info(change, 'The scheduler changed its state')
      events.emit('state-changed', change)
    },
  })
  const sessions = guardSessions<S>(options.sessions)
  const units = createUnits<S>(sessions, { succeeded: state.storeAnswered, failed: state.storeFailed })
  const commander = createCommander<S>({ ...options, scheduler: name, instance, units })
  const taker = createSnapshotTaker<S>({ options, units, state })
  const cache = createSnapshotCache({ clock, take: taker.take, newId: taker.newId })
  const turns = createTurns()
  let runtime: Runtime | null = null

  function opened(): Runtime {
    if (!runtime) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler: name })
    return runtime
  }

  function assertJob(job: string): void {
    if (!jobs.has(job)) throw new SchedulerError('JOB_NOT_FOUND', { job })
  }

  function command(build: (actor: Actor) => ControlCommand, options: CommandOptions = {}): Promise<CommandResult> {
    return turns.take(async () => {
      const { replan } = opened()
      const { control, changed } = await commander.control(build(actorOf(options)), options.expectedVersion)
      state.adopt(control)
      replan()
      return { state: state.observed, changed, control }
    })
  }

  return {
    name,
    jobNames: [...jobs.keys()],
    get state() {
      return state.observed
    },
    open: () =>
      turns.take(async () => {
        if (runtime) return
        const now = clock.now()
        const control = await units.run('register', async (session) => {
          await store.register(session, {
            scheduler: name,
            now,
            jobs: [...jobs.keys()].map((job) => ({ job, cursor: now })),
          })
          return store.readControl(session, { scheduler: name })
        })
        if (control) state.adopt(control)
        const opening = createRuntime<S>({ options, instance, sessions, units, state, events })
        await opening.open()
        runtime = opening
        state.opened()
      }),
    close: ({ graceMs = options.graceMs } = {}) =>
      turns.take(async () => {
        const closing = runtime
        if (!closing) return
        runtime = null
        await closing.close(graceMs)
        state.closed()
      }),

    start: (options) => command((actor) => ({ kind: 'start', ...actor }), options),
    resume: (options) => command((actor) => ({ kind: 'resume', ...actor }), options),
    async pause(options) {
      const until = endOfPause(options)
      return command((actor) => ({ kind: 'pause', until, ...actor }), options)
    },
    async stop(stopOptions) {
      const result = await command((actor) => ({ kind: 'stop', ...actor }), stopOptions)
      await runtime?.drain(options.graceMs)
      return result
    },
    async pauseJob(job, options) {
      assertJob(job)
      const until = endOfPause(options)
      return command((actor) => ({ kind: 'pause-job', job, until, ...actor }), options)
    },
    async resumeJob(job, options) {
      assertJob(job)
      return command((actor) => ({ kind: 'resume-job', job, ...actor }), options)
    },
    runJob: (job, options = {}) =>
      turns.take(async () => {
        const running = opened()
        assertJob(job)
        const id = randomRunId()
        running.active.reserve(id)
        try {
          const { control, claims } = await commander.runJob({
            job,
            id,
            actor: actorOf(options),
            ...versionOf(options),
          })
          state.adopt(control)
          running.start(claims.map((claim) => ({ claim, attempt: claim.attempt })))
          return { runId: id }
        } catch (error) {
          running.active.release(id)
          throw error
        }
      }),
    cancelRun: (runId, options = {}) =>
      turns.take(async () => {
        const running = opened()
        const control = await commander.cancelRun({ runId, actor: actorOf(options), ...versionOf(options) })
        state.adopt(control)
        running.cancel([runId], 'asked for')
      }),

    snapshot: ({ maxAgeMs = 1_000 } = {}) => cache.read(maxAgeMs),
    listEntries: (query = {}) =>
      units.run('list-entries', (session) => store.listEntries(session, { limit: 50, ...query, scheduler: name }), {
        readOnly: true,
      }),
    listLog: (query = {}) =>
      units.run('list-log', (session) => store.listLog(session, { limit: 50, ...query, scheduler: name }), {
        readOnly: true,
      }),
    on: events.on,
    whenIdle: () => runtime?.whenIdle() ?? Promise.resolve(),
  }
}

function actorOf({ by = 'host', why }: CommandOptions): Actor {
  return { by, why: why ?? null }
}

function versionOf({ expectedVersion }: CommandOptions): { readonly expectedVersion?: number } {
  return expectedVersion === undefined ? {} : { expectedVersion }
}
