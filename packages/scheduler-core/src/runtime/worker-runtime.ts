import type { HandOver } from '../state/hand-over.ts'
import { createClosing } from './closing.ts'
import { createDefinitionKeeper } from './define/definition-keeper.ts'
import { createAdopter } from './run/adopter.ts'
import { type DrainOptions, drain } from './run/drain.ts'
import { createExecuting } from './run/executing.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createRescuer } from './run/rescuer.ts'
import type { Runtime, RuntimeOptions } from './runtime.ts'
import { createPruner } from './upkeep/pruner.ts'
import { createWatcher } from './upkeep/watcher.ts'
import { createConsumer } from './work/consumer.ts'
import { createWorkPlaces } from './work/places.ts'
import { createTakeOver } from './work/take-over.ts'
import { createUnsureRuns } from './work/unsure-runs.ts'

/** Everything that a worker does between one `open` and its `close`: it decides no due time and takes no commands. */
export function createWorkerRuntime<S extends object>(
  context: InstanceContext<S>,
  { onStoreTime, definer }: RuntimeOptions,
): Runtime {
  const { active, state } = context
  const { executing, places, consumer, adopter, watch, onAdopted, loops } = createServices<S>(context, {
    onStoreTime,
    definer,
  })
  const close = createClosing<S>(context, { executing, definer, loops, beside: [consumer] })
  let stopWatching = () => {}

  return {
    active,
    backfill: { ask: noCommands, queueOf: noCommands, cancelAll: noCommands },
    start: executing.start,
    cancel: executing.cancel,
    replan: watch,
    refresh: watch,
    drain: (graceMs: number, how?: DrainOptions) => drain(context, graceMs, how),
    reasons: () => (executing.refused > 0 ? ['OUTCOME_REFUSED'] : []),
    async open() {
      await executing.learnTime()
      // Each unit of work reads the control state: whichever sees a change first tells of it.
      stopWatching = state.onControl(onAdopted)
      for (const loop of [executing.renewer, consumer, ...loops]) loop.start()
    },
    close(graceMs) {
      stopWatching()
      places.close()
      return close(graceMs)
    },
    isTicking: adopter.isTurning,
    async whenIdle() {
      do {
        await consumer.whenAsleep()
        await adopter.whenAsleep()
        await active.whenEmpty()
      } while (active.size > 0)
    },
  }
}

function createServices<S extends object>(context: InstanceContext<S>, { onStoreTime, definer }: RuntimeOptions) {
  const handOver = withEngine(context)
  const places = createWorkPlaces<S>(context)
  const executing = createExecuting<S>(context, {
    onStoreTime,
    onOver() {
      places.look()
      adopter.roomIsLeft()
    },
  })
  const { start, renewer } = executing
  const unsure = createUnsureRuns<S>(context, { start })
  const takeOver = createTakeOver<S>(context, { places, start, onUnsure: unsure.note })
  const consumer = createConsumer<S>(context, { handOver, places, takeOver })
  const adopter = createAdopter<S>(context, { start, onSettled: () => {}, places })
  const watch = () => {
    places.look()
    adopter.wake()
    consumer.wake()
  }
  let { revision } = context.configuration
  const onAdopted = () => {
    places.look()
    if (revision === context.configuration.revision) return
    revision = context.configuration.revision
    watch()
  }
  const loops = [
    unsure,
    adopter,
    createRescuer<S>(context, { onOrphaned: () => {}, onReruns: () => adopter.wake() }),
    createWatcher<S>(context, { onControlChanged: watch, onDefined: watch, tryToWrite: () => renewer.wake() }),
    createDefinitionKeeper<S>(context, { definer, start, onDefined: watch }),
    createPruner<S>(context),
  ]
  return { executing, places, consumer, adopter, watch, onAdopted, loops }
}

function withEngine<S extends object>({ handOver }: InstanceContext<S>): HandOver<S> {
  if (!handOver) throw new TypeError('A worker has an engine.')
  return handOver
}

function noCommands(): never {
  throw new TypeError('A worker takes no commands.')
}
