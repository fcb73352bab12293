import { within } from '../clock.ts'
import type { StoreTimeReading } from '../host/corrected-clock.ts'
import type { RunId } from '../ids.ts'
import { createAlarms } from '../loop/alarms.ts'
import type { Loop } from '../loop/loop.ts'
import { type Backfiller, createBackfiller } from './ask/backfiller.ts'
import { createCorruption } from './due/corruption.ts'
import { createTicker } from './due/ticker.ts'
import type { ActiveRuns, Claim } from './run/active-runs.ts'
import { cancelExecution } from './run/cancel-execution.ts'
import { createDispatcher } from './run/dispatcher.ts'
import { drain } from './run/drain.ts'
import { createExecutor } from './run/executor.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createLeaseWatch } from './run/lease-watch.ts'
import { createRenewer } from './run/renewer.ts'
import { createRescuer } from './run/rescuer.ts'
import { createSettler } from './run/settler.ts'
import { createPruner } from './upkeep/pruner.ts'
import { createWatcher } from './upkeep/watcher.ts'

/** Beyond the grace, `close` has half a second: this much to record cancelled runs, and the rest for the loops to end. */
const DRAIN_MS = 400
const LAST_MS = 50

/** Everything that runs between one `open` and its `close`. */
export interface Runtime {
  readonly active: ActiveRuns
  readonly backfill: Backfiller['ask']
  /** Machine codes of its problems. */
  reasons(): readonly string[]
  open(): Promise<void>
  /** Ends every loop and every run. Resolves within `graceMs` + 500 ms, even when the store or a handler hangs. */
  close(graceMs: number): Promise<void>
  /** Waits for the running runs and cancels those that outlast `graceMs`. The loops go on. */
  drain(graceMs: number): Promise<void>
  /** Plans every job again, because the control state has changed. */
  replan(): void
  start(claims: readonly Claim[]): void
  /** Cancels those of these runs that are under way here. */
  cancel(runs: readonly RunId[], reason: string): void
  /** Wakes the tick loop. Resolves with whether it completes a round or may still. */
  isTicking(): Promise<boolean>
  whenIdle(): Promise<void>
}

export interface RuntimeOptions {
  readonly onStoreTime: (reading: StoreTimeReading) => void
}

export function createRuntime<S extends object>(context: InstanceContext<S>, options: RuntimeOptions): Runtime {
  const { clock, redact, active } = context
  const { engine } = context.options
  const services = createServices<S>(context, options)
  const { ticker, backfiller, renewer, settler, dispatcher, corruption, others } = services
  const drainWithin = (graceMs: number) => drain({ active, clock, redact, graceMs })

  async function endLoops(graceMs: number): Promise<void> {
    await Promise.all([ticker, backfiller, ...others].map((loop) => loop.stop()))
    await drainWithin(graceMs)
  }

  return {
    active,
    backfill: backfiller.ask,
    start: dispatcher.start,
    cancel: services.cancel,
    replan: () => ticker.replan(),
    drain: drainWithin,
    reasons: () => [...(settler.refused > 0 ? ['OUTCOME_REFUSED'] : []), ...corruption.reasons()],
    async open() {
      await engine.start(dispatcher.execute)
      for (const loop of [ticker, renewer, backfiller, ...others]) loop.start()
      ticker.replan()
    },
    async close(graceMs) {
      await within(clock, graceMs + DRAIN_MS, endLoops(graceMs))
      dispatcher.close()
      settler.stop()
      services.alarms.clear()
      services.leases.clear()
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

/** The services of one instance, connected to each other. None of them runs yet. */
function createServices<S extends object>(context: InstanceContext<S>, { onStoreTime }: RuntimeOptions) {
  const { clock, logger, redact, active } = context
  const alarms = createAlarms(clock)
  const corruption = createCorruption(logger)
  const leases = createLeaseWatch(context)
  const settler = createSettler<S>(context)
  const executor = createExecutor<S>(context, {
    settler,
    alarms,
    leases,
    onOver(job) {
      ticker.runSettled(job)
      backfiller.wake()
    },
  })
  const dispatcher = createDispatcher<S>(context, executor)
  const { start } = dispatcher

  function cancel(runs: readonly RunId[], reason: string): void {
    for (const id of runs) {
      const execution = active.get(id)
      if (execution) cancelExecution(execution, { reason, redact })
    }
  }

  const ticker = createTicker<S>(context, {
    onLocked: corruption.found,
    start,
    cancel: (runs) => cancel(runs, 'a newer run takes its place'),
  })
  const backfiller = createBackfiller<S>(context, { start })
  const renewer = createRenewer<S>(context, { onStoreTime })
  const replan = () => ticker.replan()
  const others: readonly Loop[] = [
    createRescuer<S>(context, { start, onOrphaned: replan }),
    createWatcher<S>(context, { onControlChanged: replan, tryToWrite: () => renewer.wake() }),
    createPruner<S>(context),
  ]
  return { alarms, corruption, leases, settler, dispatcher, cancel, ticker, backfiller, renewer, others }
}
