import { within } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { InstanceContext } from './run/instance-context.ts'
import type { Runtime } from './runtime.ts'
import { createFleetWatcher } from './upkeep/fleet-watcher.ts'

/** Beyond the grace, `close` waits this long for a read under way. */
const LAST_MS = 50

/**
 * The runtime of a process that runs nothing: it only watches. What it commands takes effect on the instances once they
 * read the store.
 */
export function createObserver<S extends object>(context: InstanceContext<S>): Runtime {
  const { scheduler, active, clock } = context
  const needsWorker = (): never => {
    throw new SchedulerError('WORKER_NEEDED', { scheduler })
  }
  const watcher = createFleetWatcher<S>(context)
  return {
    active,
    backfill: { ask: async () => needsWorker(), queueOf: needsWorker, cancelAll: async () => needsWorker() },
    reasons: () => [],
    async open() {
      watcher.start()
    },
    close: (graceMs) => within(clock, graceMs + LAST_MS, watcher.stop()).then(() => {}),
    drain: () => Promise.resolve(),
    replan: watcher.wake,
    refresh: watcher.wake,
    start: (claims) => {
      for (const { id } of claims) active.release(id)
    },
    cancel: () => {},
    isTicking: () => Promise.resolve(true),
    whenIdle: () => Promise.resolve(),
  }
}
