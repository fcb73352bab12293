import type { StoreTimeReading } from '../host/corrected-clock.ts'
import type { RunId } from '../ids.ts'
import type { Loop } from '../loop/loop.ts'
import { type Backfiller, createBackfiller } from './ask/backfiller.ts'
import { createClosing } from './closing.ts'
import type { Definer } from './define/definer.ts'
import { createDefinitionKeeper } from './define/definition-keeper.ts'
import { createCorruption } from './due/corruption.ts'
import { REPLACED } from './due/tick-jobs.ts'
import { createTicker } from './due/ticker.ts'
import type { ActiveRuns, Claim } from './run/active-runs.ts'
import { createAdopter } from './run/adopter.ts'
import { type DrainOptions, drain } from './run/drain.ts'
import { createExecuting } from './run/executing.ts'
import { createHandOverAgain } from './run/hand-over-again.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createRescuer } from './run/rescuer.ts'
import { createPruner } from './upkeep/pruner.ts'
import { createWatcher } from './upkeep/watcher.ts'

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
  const { active, handOver } = context
  const services = createServices<S>(context, options)
  const { executing, ticker, backfiller, corruption, others } = services
  const drainWithin = (graceMs: number, how?: DrainOptions) => drain(context, graceMs, how)

  return {
    active,
    backfill: backfiller,
    start: executing.start,
    cancel: executing.cancel,
    replan: services.replan,
    refresh: services.refresh,
    drain: drainWithin,
    reasons: () => [
      ...(executing.refused > 0 ? ['OUTCOME_REFUSED'] : []),
      ...corruption.reasons(),
      ...ticker.reasons(),
    ],
    async open() {
      await executing.learnTime()
      for (const loop of [ticker, executing.renewer, backfiller, ...others]) loop.start()
      ticker.replan()
    },
    close: createClosing<S>(context, {
      executing,
      definer: options.definer,
      loops: [ticker, backfiller, ...others],
    }),
    isTicking: ticker.isTurning,
    async whenIdle() {
      // A settled run may wake the ticker, and a tick may start a run.
      do {
        await active.whenEmpty()
        await ticker.whenAsleep()
        await backfiller.whenAsleep()
        await handOver?.whenOffered()
      } while (active.size > 0)
    },
  }
}

/** The services of one instance, connected to each other. None of them runs yet. */
function createServices<S extends object>(context: InstanceContext<S>, { onStoreTime, definer }: RuntimeOptions) {
  const corruption = createCorruption(context.logger)
  const executing = createExecuting<S>(context, {
    onStoreTime,
    onOver(job) {
      ticker.runSettled(job)
      backfiller.roomIsLeft()
      adopter?.roomIsLeft()
    },
  })
  const { start, renewer } = executing
  const ticker = createTicker<S>(context, {
    onLocked: corruption.found,
    start,
    cancel: (runs) => executing.cancel(runs, REPLACED),
  })
  const backfiller = createBackfiller<S>(context, { start })
  // Workers take up what is open without an owner where an engine carries the runs.
  const adopter = context.handOver ? null : createAdopter<S>(context, { start, onSettled: () => ticker.replan() })
  const replan = () => {
    ticker.replan()
    adopter?.wake()
  }
  const refresh = () => {
    ticker.refresh()
    adopter?.wake()
  }
  const others: readonly (Loop | null)[] = [
    createRescuer<S>(context, { onOrphaned: () => ticker.replan(), onReruns: () => adopter?.wake() }),
    adopter,
    createHandOverAgain<S>(context),
    createWatcher<S>(context, { onControlChanged: replan, onDefined: refresh, tryToWrite: () => renewer.wake() }),
    createDefinitionKeeper<S>(context, { definer, start, onDefined: replan }),
    createPruner<S>(context),
  ]
  return { corruption, executing, ticker, backfiller, replan, refresh, others: others.filter((loop) => loop !== null) }
}
