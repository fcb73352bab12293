import { createCommandLimits } from './budget/command-limits.ts'
import { checkOptions } from './check-options.ts'
import type { ControlState } from './control/control.ts'
import { createTurns } from './loop/turns.ts'
import { createQuestions } from './runtime/ask/questions.ts'
import { createBulkCommands } from './runtime/bulk-commands.ts'
import { createControlCommands, jobNamed } from './runtime/control-commands.ts'
import { createJobCommands } from './runtime/job-commands.ts'
import { createLifecycle, type Lifecycle } from './runtime/lifecycle.ts'
import { createRunCommands } from './runtime/run-commands.ts'
import { createTemplateCommands } from './runtime/template-commands.ts'
import type { HostScheduler } from './scheduler-api.ts'
import { createSchedulerContext } from './scheduler-context.ts'
import type { ObserverOptions, SchedulerOptions } from './scheduler-options.ts'
import { readSessions } from './snapshot/read-sessions.ts'
import { createSnapshotCache } from './snapshot/snapshot-cache.ts'
import { createSnapshotTaker } from './snapshot/take-snapshot.ts'

/**
 * Makes a scheduler from its jobs, a session provider and a store. Opens nothing before `open()`. Throws
 * `INVALID_OPTIONS`.
 */
export function createScheduler<S extends object>(given: SchedulerOptions<S> | ObserverOptions<S>): HostScheduler<S> {
  const options = checkOptions(given)
  const { name, clock } = options
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
  const templates = createTemplateCommands<S>(context, parts)
  return {
    name,
    role: options.role,
    get jobNames() {
      return context.configuration.settings().map(({ job }) => job.name)
    },
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
    ...createJobCommands<S>(context, { ...parts, ...templates, onDefined: cache.expire }),
    ...createBulkCommands<S>(context, parts),
    ...templates,
    ...createQuestions<S>(context),
    commandLimits: createCommandLimits({ clock }),
    presentNameOf: context.names.calledHere,
    inputOf: (job) => jobNamed(context, job) && (context.configuration.definitions.own.get(job)?.takes ?? null),
    isProviderEnabled: providers.isEnabled,
    snapshot: ({ maxAgeMs = 1_000 } = {}) => cache.read(maxAgeMs),
    on: events.on,
    isTicking: () => lifecycle.current?.isTicking() ?? Promise.resolve(true),
    whenIdle: () => lifecycle.current?.whenIdle() ?? Promise.resolve(),
  }
}
