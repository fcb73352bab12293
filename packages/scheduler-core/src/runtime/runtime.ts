import { within } from '../clock.ts'
import type { StoreTimeReading } from '../host/corrected-clock.ts'
import type { RunId } from '../ids.ts'
import { createAlarms } from '../loop/alarms.ts'
import type { Loop } from '../loop/loop.ts'
import { type Backfiller, createBackfiller } from './ask/backfiller.ts'
import type { Definer } from './define/definer.ts'
import { createDefinitionKeeper } from './define/definition-keeper.ts'
import { createWithdrawal } from './define/withdrawal.ts'
import { createCorruption } from './due/corruption.ts'
import { createTicker } from './due/ticker.ts'
import type { ActiveRuns, Claim } from './run/active-runs.ts'
import { type Adopter, createAdopter } from './run/adopter.ts'
import { createAttemptNotes } from './run/attempt-notes.ts'
import { cancelExecution } from './run/cancel-execution.ts'
import { createDispatcher } from './run/dispatcher.ts'
import { type DrainOptions, drain } from './run/drain.ts'
import { createExecutor } from './run/executor.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createLeaseWatch } from './run/lease-watch.ts'
import { createLeaseWriter } from './run/lease-writer.ts'
import { createReleaser } from './run/releaser.ts'
import { createRenewer } from './run/renewer.ts'
import { createRescuer } from './run/rescuer.ts'
import { createSettler } from './run/settler.ts'
import { createStartGate } from './run/start-gate.ts'
import { createPruner } from './upkeep/pruner.ts'
import { createWatcher } from './upkeep/watcher.ts'

/** Beyond the grace, `close` has half a second: this much to record what became of the runs, and the rest for the loops to end. */
const DRAIN_MS = 400
const LAST_MS = 50

const NOT_LEFT = 'The store was not told that this instance closes; its jobs end with its lease'

/** Everything that runs between one `open` and its `close`. */
export interface Runtime {
  readonly active: ActiveRuns
  readonly backfill: Pick<Backfiller, 'ask' | 'queueOf' | 'cancelAll'>
  /** Machine codes of its problems. */
  reasons(): readonly string[]
  open(): Promise<void>
  /** Ends every loop and every run. Resolves within `graceMs` + 500 ms, even when the store or a handler hangs. */
  close(graceMs: number): Promise<void>
  /** Waits for the running runs and breaks off those that outlast `graceMs`, if that is wanted still. The loops go on. */
  drain(graceMs: number, options?: DrainOptions): Promise<void>
  /** Plans every job again, because the control state has changed. */
  replan(): void
  /** Plans those jobs again that have come, changed or gone. */
  refresh(): void
  start(claims: readonly Claim[]): void
  /** Cancels those of these runs that are under way here. */
  cancel(runs: readonly RunId[], reason: string): void
  /** Wakes the tick loop. Resolves with whether it completes a round or may still. */
  isTicking(): Promise<boolean>
  whenIdle(): Promise<void>
}

export interface RuntimeOptions {
  readonly onStoreTime: (reading: StoreTimeReading) => void
  readonly definer: Definer
}

export function createRuntime<S extends object>(context: InstanceContext<S>, options: RuntimeOptions): Runtime {
  const { clock, active, logger } = context
  const { engine } = context.options
  const services = createServices<S>(context, options)
  const { ticker, backfiller, renewer, settler, releaser, dispatcher, corruption, others } = services
  const withdrawal = createWithdrawal<S>(context)
  const drainWithin = (graceMs: number, how?: DrainOptions) => drain(context, graceMs, how)

  let isClosed = false

  /** Nothing is to be said where no run is waited for: the instance leaves at once. */
  async function withdraw(): Promise<void> {
    if (active.size === 0) return
    await withdrawal().catch((error: unknown) => logger.warn({ err: error }, NOT_LEFT))
  }

  async function endLoops(graceMs: number): Promise<void> {
    await Promise.all([ticker, backfiller, ...others].map((loop) => loop.stop()))
    await Promise.all([withdraw(), drainWithin(graceMs)])
    if (isClosed) return
    // Others then know at once that they have to do without this instance; otherwise when its lease has ended.
    await options.definer.leave().catch((error: unknown) => logger.warn({ err: error }, NOT_LEFT))
  }

  return {
    active,
    backfill: backfiller,
    start: dispatcher.start,
    cancel: services.cancel,
    replan: services.replan,
    refresh: services.refresh,
    drain: drainWithin,
    reasons: () => [...(settler.refused > 0 ? ['OUTCOME_REFUSED'] : []), ...corruption.reasons(), ...ticker.reasons()],
    async open() {
      await engine?.start(dispatcher.execute)
      for (const loop of [ticker, renewer, backfiller, ...others]) loop.start()
      ticker.replan()
    },
    async close(graceMs) {
      await within(clock, graceMs + DRAIN_MS, endLoops(graceMs))
      isClosed = true
      dispatcher.close()
      settler.stop()
      releaser.stop()
      services.alarms.clear()
      services.leases.clear()
      await within(clock, LAST_MS, Promise.all([renewer.stop(), engine?.stop()]))
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

/** The services of one instance, connected to each other. None of them runs yet. */
function createServices<S extends object>(context: InstanceContext<S>, { onStoreTime, definer }: RuntimeOptions) {
  const { clock, logger, toStoredError, active } = context
  const alarms = createAlarms(clock)
  const corruption = createCorruption(logger)
  const leases = createLeaseWatch(context)
  const settler = createSettler<S>(context)
  const releaser = createReleaser<S>(context)
  const leaseWriter = createLeaseWriter<S>(context, { onStoreTime })
  const executor = createExecutor<S>(context, {
    settler,
    releaser,
    alarms,
    leases,
    notes: createAttemptNotes<S>(context, leaseWriter),
    gate: createStartGate(context),
    onOver(job) {
      ticker.runSettled(job)
      backfiller.roomIsLeft()
      adopter.roomIsLeft()
    },
  })
  const dispatcher = createDispatcher<S>(context, executor)
  const { start } = dispatcher

  function cancel(runs: readonly RunId[], reason: string): void {
    for (const id of runs) {
      const execution = active.get(id)
      if (execution) cancelExecution(execution, { reason, toStoredError })
    }
  }

  const ticker = createTicker<S>(context, {
    onLocked: corruption.found,
    start,
    cancel: (runs) => cancel(runs, 'a newer run takes its place'),
  })
  const backfiller = createBackfiller<S>(context, { start })
  const renewer = createRenewer<S>(context, leaseWriter)
  const adopter: Adopter = createAdopter<S>(context, { start, onSettled: () => ticker.replan() })
  const replan = () => {
    ticker.replan()
    adopter.wake()
  }
  const refresh = () => {
    ticker.refresh()
    adopter.wake()
  }
  const others: readonly Loop[] = [
    createRescuer<S>(context, { onOrphaned: () => ticker.replan(), onReruns: () => adopter.wake() }),
    adopter,
    createWatcher<S>(context, { onControlChanged: replan, onDefined: refresh, tryToWrite: () => renewer.wake() }),
    createDefinitionKeeper<S>(context, { definer, start, onDefined: replan }),
    createPruner<S>(context),
  ]
  return {
    alarms,
    corruption,
    leases,
    settler,
    releaser,
    dispatcher,
    cancel,
    ticker,
    backfiller,
    renewer,
    replan,
    refresh,
    others,
  }
}
