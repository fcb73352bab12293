import { type EpochMs, sleep, type Timer } from './clock.ts'
import { type CommandActor, type ControlState, initialControl } from './control/control.ts'
import { parseConfigPatch, parseJobPatch } from './control/parse-config.ts'
import { SchedulerError } from './errors.ts'
import type { StoreTimeReading } from './host/corrected-clock.ts'
import { type InstanceId, randomInstanceId, randomRunId } from './ids.ts'
import type { Job } from './job/job.ts'
import { createTurns } from './loop/turns.ts'
import { refuseOption } from './options/refuse-option.ts'
import { actorOf } from './runtime/ask/actor-of.ts'
import { assertRange } from './runtime/ask/assert-range.ts'
import { type Commander, type ControlCommand, createCommander } from './runtime/ask/commander.ts'
import { createHistorian } from './runtime/ask/historian.ts'
import { createInspector } from './runtime/ask/inspector.ts'
import type { Terms } from './runtime/ask/once.ts'
import { createRuntime, type Runtime } from './runtime/runtime.ts'
import type { CommandOptions, CommandResult, PauseOptions, Scheduler } from './scheduler-api.ts'
import { checkOptions, type SchedulerOptions } from './scheduler-options.ts'
import { guardSessions } from './session/guard-sessions.ts'
import { createUnits } from './session/units.ts'
import { readSessions } from './snapshot/read-sessions.ts'
import { createSnapshotCache } from './snapshot/snapshot-cache.ts'
import { createSnapshotTaker } from './snapshot/take-snapshot.ts'
import { createConfiguration } from './state/configuration.ts'
import { createEmitter } from './state/emitter.ts'
import { createProviderSwitches } from './state/provider-switches.ts'
import { createSchedulerState } from './state/scheduler-state.ts'

/** A host's clock that differs from the store's by more is followed no less, and reported. */
const REPORTED_SKEW_MS = 5_000

/** `close` waits this long for commands under way even without a grace: so they are answered where the store is well. */
const COMMANDS_MS = 50

/**
 * Puts a scheduler together from its jobs, a session provider and a store. Opens nothing and touches nothing until
 * `open()`. Throws `INVALID_OPTIONS`.
 */
export function createScheduler<S extends object>(given: SchedulerOptions<S>): Scheduler {
  const options = checkOptions(given)
  const { name, jobs, store, clock, logger } = options
  const events = createEmitter(logger)
  const configuration = createConfiguration<S>(options)
  let runtime: Opened | null = null
  /** What keeps the process alive between `open` and `close`: this one handle, since no timer does. */
  let held: Timer | null = null
  /** Resolves when the last `open` has succeeded or failed. */
  let lastOpen: Promise<void> = Promise.resolve()
  const providers = createProviderSwitches({ host: options.providers, configuration })
  const state = createSchedulerState({
    clock,
    configuration,
    reasonsOfRuntime: () => [...(sessions.isExhausted ? ['POOL_EXHAUSTED'] : []), ...(runtime?.reasons() ?? [])],
    isSkewed: () => Math.abs(clock.skewMs) > REPORTED_SKEW_MS,
    onChange(change) {
      logger.info(change, 'The scheduler changed its state')
      events.emit('state-changed', change)
    },
  })
  const sessions = guardSessions<S>(options.sessions, {
    clock,
    onLeak: (leak) => logger.error(leak, 'A session was used after its unit of work had ended'),
    onExhausted: (held) => logger.warn({ held }, 'A unit of work got no session in time: the pool has none left'),
  })
  const units = createUnits<S>(sessions, { succeeded: state.storeAnswered, failed: state.storeFailed })
  const taker = createSnapshotTaker<S>({
    options,
    units,
    state,
    configuration,
    providers,
    sessions,
    instance: () => runtime?.instance ?? null,
  })
  const cache = createSnapshotCache({
    clock,
    take: taker.take,
    newId: taker.newId,
    present: () => ({ reasons: state.reasons, sessions: readSessions(sessions, clock) }),
  })
  const inspector = createInspector<S>({
    ...options,
    scheduler: name,
    jobs: configuration.jobs,
    defined: jobs,
    adopt: state.adopt,
    units,
  })
  const historian = createHistorian<S>({ ...options, scheduler: name, units })
  const turns = createTurns()

  function onStoreTime(reading: StoreTimeReading): void {
    if (!options.followStoreClock) return
    const before = clock.skewMs
    clock.learn(reading)
    const { skewMs } = clock
    if (skewMs === before) return
    const isFar = Math.abs(skewMs) > REPORTED_SKEW_MS
    if (isFar) logger.warn({ skewMs }, "This host's clock differs from the store's, which is followed")
    else logger.debug({ skewMs }, "The clock was corrected by the store's")
    runtime?.replan()
  }

  function opened(): Opened {
    if (!runtime) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler: name })
    return runtime
  }

  /** The job as the code defines it. */
  function jobNamed(name: string): Job<S> {
    const job = jobs.get(name)
    if (!job) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
    return job
  }

  /** What was commanded here is in every snapshot from now on, also for those who are told of the change. */
  function adopt(control: ControlState): void {
    cache.expire()
    state.adopt(control)
  }

  function command(
    build: (actor: CommandActor) => ControlCommand,
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    return turns.take(async () => {
      const { commander, replan } = opened()
      const { answer, replayed } = await commander.control(build(actorOf(options)), termsOf(options))
      adopt(answer.control)
      replan()
      return { ...answer, replayed }
    })
  }

  /**
   * Ends what is open once the commands before it are through. They may hang as long as the store does: they are given the
   * grace and no more. An `open` is waited for, since what it brings up has to be ended.
   */
  async function bringDown(graceMs: number): Promise<void> {
    const began = clock.monotonic()
    const isOurTurn = new AbortController()
    const enough = sleep(clock, Math.max(graceMs, COMMANDS_MS), isOurTurn.signal)
    await turns.take(
      async () => {
        isOurTurn.abort()
        const closing = runtime
        if (!closing) return
        runtime = null
        try {
          events.emit('closing', {})
          options.process?.stop()
          await closing.close(Math.max(0, graceMs - (clock.monotonic() - began)))
        } finally {
          state.closed()
          held?.cancel()
        }
      },
      Promise.all([lastOpen, enough]),
    )
  }

  /** All of `open` but for what holds the process. */
  async function bringUp(): Promise<void> {
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
    const instance = randomInstanceId()
    const opening = createRuntime<S>({
      options,
      configuration,
      isProviderEnabled: providers.isEnabled,
      instance,
      sessions,
      units,
      state,
      events,
      onStoreTime,
    })
    await opening.open()
    const commander = createCommander<S>({ ...options, scheduler: name, configuration, instance, units })
    runtime = { ...opening, commander, instance }
    options.process?.start()
    state.opened()
    events.emit('opened', {})
  }

  return {
    name,
    jobNames: [...jobs.keys()],
    feedWords: options.feeds?.words ?? [],
    get state() {
      return state.observed
    },
    get isOpen() {
      return runtime !== null
    },
    open() {
      const opened = turns.take(async () => {
        if (runtime) return
        held = options.keepAlive ? (clock.hold?.() ?? null) : null
        try {
          await bringUp()
        } catch (error) {
          held?.cancel()
          throw error
        }
      })
      lastOpen = opened.catch(() => {})
      return opened
    },
    close: ({ graceMs = options.graceMs } = {}) => bringDown(graceMs),

    start: (options) => command((actor) => ({ kind: 'start', ...actor }), options),
    resume: (options) => command((actor) => ({ kind: 'resume', ...actor }), options),
    async pause(options) {
      const until = endOfPause(options ?? {})
      return command((actor) => ({ kind: 'pause', until, ...actor }), options)
    },
    async stop(stopOptions) {
      const result = await command((actor) => ({ kind: 'stop', ...actor }), stopOptions)
      if (!result.replayed) await runtime?.drain(options.graceMs)
      return result
    },
    async pauseJob(job, options) {
      jobNamed(job)
      const until = endOfPause(options ?? {})
      return command((actor) => ({ kind: 'pause-job', job, until, ...actor }), options)
    },
    async resumeJob(job, options) {
      jobNamed(job)
      return command((actor) => ({ kind: 'resume-job', job, ...actor }), options)
    },
    async configure(given, options) {
      const patch = parseConfigPatch(given)
      providers.check(patch)
      return command((actor) => ({ kind: 'configure', patch, ...actor }), options)
    },
    async configureJob(job, given, options) {
      const patch = parseJobPatch(given, jobNamed(job))
      return command((actor) => ({ kind: 'configure-job', job, patch, ...actor }), options)
    },
    async control() {
      const control = await units.run('read-control', (session) => store.readControl(session, { scheduler: name }), {
        readOnly: true,
      })
      return control ?? initialControl(clock.now())
    },
    isProviderEnabled: providers.isEnabled,
    runJob: (job, options = {}) =>
      turns.take(async () => {
        const running = opened()
        jobNamed(job)
        const id = randomRunId()
        running.active.reserve(id)
        try {
          const asked = { job, id, actor: actorOf(options), terms: termsOf(options) }
          const { answer, replayed, claims } = await running.commander.runJob(asked)
          adopt(answer.control)
          if (replayed) running.active.release(id)
          else running.start(claims)
          return { ...answer, replayed }
        } catch (error) {
          running.active.release(id)
          throw error
        }
      }),
    cancelRun: (runId, options = {}) =>
      turns.take(async () => {
        const running = opened()
        const asked = { runId, actor: actorOf(options), terms: termsOf(options) }
        const { answer, replayed } = await running.commander.cancelRun(asked)
        adopt(answer.control)
        if (!replayed) running.cancel([runId], 'asked for')
        return { ...answer, replayed }
      }),

    async backfill(job, { from, to, ...options }) {
      const running = opened()
      jobNamed(job)
      assertRange({ from, to })
      const asked = { job, from, to, actor: actorOf(options), terms: termsOf(options) }
      const { answer, replayed } = await running.backfill(asked)
      adopt(answer.control)
      return { ...answer, replayed }
    },
    ...inspector,
    ...historian,

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
    isTicking: () => runtime?.isTicking() ?? Promise.resolve(true),
    whenIdle: () => runtime?.whenIdle() ?? Promise.resolve(),
  }
}

/** What there is between one `open` and its `close`. */
interface Opened extends Runtime {
  readonly commander: Commander
  readonly instance: InstanceId
}

/** When a pause ends; whether that is ahead is looked at when it begins. */
function endOfPause({ until }: PauseOptions): EpochMs | null {
  if (until === undefined) return null
  if (Number.isFinite(until)) return until
  return refuseOption({
    path: 'until',
    value: until,
    expected: 'an instant in the future, in milliseconds since the epoch',
  })
}

function termsOf({ expectedVersion, idempotencyKey }: CommandOptions): Terms {
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
    const expected = '1 to 255 printable ASCII characters'
    refuseOption({ path: 'idempotencyKey', value: idempotencyKey, expected })
  }
  return {
    ...(expectedVersion !== undefined && { expectedVersion }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  }
}

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/
