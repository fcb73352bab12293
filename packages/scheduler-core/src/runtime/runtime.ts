import { within } from '../clock.ts'
import type { StoreTimeReading } from '../host/corrected-clock.ts'
import type { InstanceId, RunId } from '../ids.ts'
import { createAlarms } from '../loop/alarms.ts'
import type { Loop } from '../loop/loop.ts'
import type { RunMessage, RunOutcome } from '../ports/engine.ts'
import type { SessionProvider } from '../ports/session-provider.ts'
import type { Settlement } from '../run/ledger-entry.ts'
import type { CheckedOptions } from '../scheduler-options.ts'
import type { Units } from '../session/units.ts'
import type { Configuration } from '../state/configuration.ts'
import type { Emitter } from '../state/emitter.ts'
import type { SchedulerState } from '../state/scheduler-state.ts'
import { type Backfiller, createBackfiller } from './ask/backfiller.ts'
import { createCorruption } from './due/corruption.ts'
import { createJobSlots } from './due/job-slots.ts'
import { createTicker } from './due/ticker.ts'
import { type ActiveRuns, type Claim, createActiveRuns } from './run/active-runs.ts'
import { cancelExecution } from './run/cancel-execution.ts'
import { createRunContext } from './run/create-run-context.ts'
import { drain } from './run/drain.ts'
import { createExecutor } from './run/executor.ts'
import { createLeaseWatch } from './run/lease-watch.ts'
import { createRenewer } from './run/renewer.ts'
import { createRescuer } from './run/rescuer.ts'
import type { RunExecution } from './run/run-execution.ts'
import { createSettler } from './run/settler.ts'
import { createPruner } from './upkeep/pruner.ts'
import { createWatcher } from './upkeep/watcher.ts'

/** How often old entries are looked for. */
const PRUNE_MS = 3_600_000
/** Beyond the grace, `close` has half a second: this much to record cancelled runs, and the rest for the loops to end. */
const DRAIN_MS = 400
const LAST_MS = 50

/** Everything that runs between one `open` and its `close`. */
export interface Runtime {
  readonly active: ActiveRuns
  readonly backfill: Backfiller['ask']
  /** Machine codes of what is not well with it. */
  reasons(): readonly string[]
  open(): Promise<void>
  /** Ends every loop and every run; resolves within `graceMs` + 500 ms, whatever the store and the handlers do. */
  close(graceMs: number): Promise<void>
  /** Waits for the running runs and ends those that outlast `graceMs`; the loops go on. */
  drain(graceMs: number): Promise<void>
  /** What is wanted of the jobs has changed. */
  replan(): void
  start(claims: readonly Claim[]): void
  /** Ends those of these runs that are under way here as cancelled. */
  cancel(runs: readonly RunId[], reason: string): void
  /** Has the tick loop come round, and answers whether it does or may still. */
  isTicking(): Promise<boolean>
  whenIdle(): Promise<void>
}

export interface RuntimeOptions<S extends object> {
  readonly options: CheckedOptions<S>
  readonly instance: InstanceId
  readonly sessions: SessionProvider<S>
  readonly units: Units<S>
  readonly state: SchedulerState
  readonly configuration: Configuration<S>
  readonly isProviderEnabled: (name: string) => boolean
  readonly events: Emitter
  readonly onStoreTime: (reading: StoreTimeReading) => void
}

export function createRuntime<S extends object>(input: RuntimeOptions<S>): Runtime {
  const { options, configuration, isProviderEnabled, instance, sessions, units, state, events } = input
  const { jobs } = configuration
  const { name: scheduler, store, clock, logger, redact, engine, leaseMs } = options
  const active = createActiveRuns()
  const alarms = createAlarms(clock)
  const common = { scheduler, instance, leaseMs, store, units, jobs, active, state, clock, logger, redact }

  let isOver = false
  const corruption = createCorruption(logger)
  const leases = createLeaseWatch({ active, clock, logger })
  const settler = createSettler({
    ...common,
    onRefused: ({ settlement: { job, runId, state }, error }) =>
      events.emit('outcome-refused', { job, runId, state, error }),
    onReduced: ({ settlement: { job, runId, state }, leftOut, error }) =>
      events.emit('outcome-reduced', { job, runId, state, leftOut, error }),
  })
  const executor = createExecutor({
    ...common,
    settler,
    alarms,
    leases,
    createContext: (execution) =>
      createRunContext({ scheduler, sessions, store, clock, logger, isProviderEnabled }, execution),
    onStarted: ({ claim }) =>
      events.emit('run-started', { job: claim.job, runId: claim.id, startedAt: claim.startedAt }),
    onOver,
  })
  const ticker = createTicker({
    ...common,
    configuration,
    slots: createJobSlots(jobs),
    onLocked: corruption.found,
    start,
    cancel: (runs) => cancel(runs, 'a newer run takes its place'),
  })
  const backfiller = createBackfiller({ ...common, concurrency: () => configuration.concurrency, start })
  const renewer = createRenewer({
    ...common,
    onStoreTime: input.onStoreTime,
    onProgress: ({ claim }, progress) => events.emit('run-progress', { job: claim.job, runId: claim.id, ...progress }),
  })
  const others: readonly Loop[] = [
    backfiller,
    createRescuer({
      ...common,
      sweepMs: options.sweepMs,
      start,
      onOrphaned: () => ticker.replan(),
    }),
    createWatcher({
      ...common,
      watchMs: options.watchMs,
      onControlChanged: () => ticker.replan(),
      tryToWrite: () => renewer.wake(),
    }),
    createPruner({
      ...common,
      retentionMs: options.retentionMs,
      longestWindowMs: options.recentWindowMs,
      pruneMs: PRUNE_MS,
    }),
  ]

  function start(claims: readonly Claim[]): void {
    if (isOver) {
      // A command that outlasted the close: nobody is left to run what it claimed, and the sweep will find it.
      for (const { id } of claims) active.release(id)
      return
    }
    if (claims.length === 0) return
    for (const claim of claims) active.handOver(claim)
    const messages = claims.map(({ id, job, scheduledFor }) => ({ idempotencyKey: id, scheduler, job, scheduledFor }))
    engine.dispatch(messages).catch((error) => {
      logger.error({ err: error }, 'The engine refused runs; their leases will end and the sweep will find them')
      for (const { id } of claims) active.release(id)
    })
  }

  function execute(message: RunMessage): Promise<RunOutcome> {
    const claim = active.takeOver(message.idempotencyKey)
    return claim ? executor.execute(claim) : Promise.resolve(null)
  }

  function onOver({ claim }: RunExecution, settlement: Settlement | null): void {
    if (settlement) {
      const { state: outcome, durationMs, attempt, error, calls } = settlement
      const fields = { job: claim.job, runId: claim.id, outcome, durationMs, attempt }
      if (outcome === 'succeeded') logger.info(fields, 'Run settled')
      else logger.warn(error ? { ...fields, error } : fields, 'Run settled')
      const { latenessMs } = claim
      events.emit('run-settled', { job: claim.job, runId: claim.id, state: outcome, durationMs, latenessMs, calls })
    }
    ticker.runSettled(claim.job)
    backfiller.wake()
  }

  function cancel(runs: readonly RunId[], reason: string): void {
    for (const id of runs) {
      const execution = active.get(id)
      if (execution) cancelExecution(execution, { reason, redact })
    }
  }

  async function endLoops(graceMs: number): Promise<void> {
    await Promise.all([ticker.stop(), ...others.map((loop) => loop.stop())])
    await drain({ active, clock, redact, graceMs })
  }

  return {
    active,
    backfill: backfiller.ask,
    start,
    cancel,
    replan: () => ticker.replan(),
    drain: (graceMs) => drain({ active, clock, redact, graceMs }),
    reasons: () => [...(settler.refused > 0 ? ['OUTCOME_REFUSED'] : []), ...corruption.reasons()],
    async open() {
      await engine.start(execute)
      for (const loop of [ticker, renewer, ...others]) loop.start()
      ticker.replan()
    },
    async close(graceMs) {
      await within(clock, graceMs + DRAIN_MS, endLoops(graceMs))
      isOver = true
      settler.stop()
      alarms.clear()
      leases.clear()
      await within(clock, LAST_MS, Promise.all([renewer.stop(), engine.stop()]))
    },
    isTicking: ticker.isTurning,
    async whenIdle() {
      // A settled run may wake the ticker, and a tick may start a run.
      do {
        await active.whenEmpty()
        await ticker.whenAsleep()
        await backfiller.whenAsleep()
      } while (active.size > 0)
    },
  }
}
