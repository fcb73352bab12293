import type { ControlState } from './control/control.ts'
import { createTurns } from './loop/turns.ts'
import { createAuditor } from './runtime/ask/auditor.ts'
import { createBackfillPreviewer } from './runtime/ask/backfill-previewer.ts'
import { createDueTimeLister } from './runtime/ask/due-time-lister.ts'
import { createHistorian } from './runtime/ask/historian.ts'
import { createInspector } from './runtime/ask/inspector.ts'
import { createLister } from './runtime/ask/lister.ts'
import { createControlCommands } from './runtime/control-commands.ts'
import { createLifecycle, type Lifecycle } from './runtime/lifecycle.ts'
import { createRunCommands } from './runtime/run-commands.ts'
import type { Scheduler } from './scheduler-api.ts'
import { createSchedulerContext } from './scheduler-context.ts'
import { checkOptions, type SchedulerOptions } from './scheduler-options.ts'
import { readSessions } from './snapshot/read-sessions.ts'
import { createSnapshotCache } from './snapshot/snapshot-cache.ts'
import { createSnapshotTaker } from './snapshot/take-snapshot.ts'

/**
 * Makes a scheduler from its jobs, a session provider and a store. Opens nothing before `open()`. Throws
 * `INVALID_OPTIONS`.
 */
export function createScheduler<S extends object>(given: SchedulerOptions<S>): Scheduler {
  const options = checkOptions(given)
  const { name, jobs, clock } = options
  const context = createSchedulerContext<S>(options, { reasonsOfRuntime: () => lifecycle.current?.reasons() ?? [] })
  const { state, sessions, providers, events } = context
  const turns = createTurns()
  const lifecycle: Lifecycle = createLifecycle<S>(context, turns)
  const taker = createSnapshotTaker<S>(context, { instance: () => lifecycle.current?.instance ?? null })
  const cache = createSnapshotCache({
    clock,
    take: taker.take,
    newId: taker.newId,
    present: () => ({ reasons: state.reasons, sessions: readSessions(sessions, clock) }),
  })

  /** Expires the cached snapshots first, so that a listener of the change already reads a snapshot that shows it. */
  function onCommanded(control: ControlState): void {
    cache.expire()
    state.adopt(control)
  }

  const parts = { turns, lifecycle, onCommanded }
  return {
    name,
    jobNames: [...jobs.keys()],
    ...options.declared,
    get state() {
      return state.observed
    },
    get isOpen() {
      return lifecycle.current !== null
    },
    open: lifecycle.open,
    close: ({ graceMs = options.graceMs } = {}) => lifecycle.close(graceMs),
    ...createControlCommands<S>(context, parts),
    ...createRunCommands<S>(context, parts),
    ...createInspector<S>(context),
    ...createDueTimeLister<S>(context),
    ...createAuditor<S>(context),
    ...createBackfillPreviewer<S>(context),
    ...createHistorian<S>(context),
    ...createLister<S>(context),
    isProviderEnabled: providers.isEnabled,
    snapshot: ({ maxAgeMs = 1_000 } = {}) => cache.read(maxAgeMs),
    on: events.on,
    isTicking: () => lifecycle.current?.isTicking() ?? Promise.resolve(true),
    whenIdle: () => lifecycle.current?.whenIdle() ?? Promise.resolve(),
  }
}
