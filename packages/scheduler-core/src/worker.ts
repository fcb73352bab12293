import { checkWorkerOptions } from './check-options.ts'
import type { ControlState } from './control/control.ts'
import { createTurns } from './loop/turns.ts'
import { limitOf } from './reading/limit-of.ts'
import { createJobCommands } from './runtime/job-commands.ts'
import { createLifecycle, type Lifecycle } from './runtime/lifecycle.ts'
import { createTemplateCommands } from './runtime/template-commands.ts'
import { createSchedulerContext } from './scheduler-context.ts'
import type { HostWorker, WorkerHealth } from './worker-api.ts'
import type { WorkerOptions } from './worker-options.ts'

/**
 * Makes a worker from its jobs, a session provider, a store and an engine. It executes the runs that schedulers with the
 * same name and store hand to the engine. Opens nothing before `open()`. Throws `INVALID_OPTIONS`.
 */
export function createWorker<S extends object>(given: WorkerOptions<S>): HostWorker<S> {
  const options = checkWorkerOptions(given)
  const context = createSchedulerContext<S>(options, { reasonsOfRuntime: () => lifecycle.current?.reasons() ?? [] })
  const { state, events, configuration } = context
  const turns = createTurns()
  const lifecycle: Lifecycle = createLifecycle<S>(context, turns)
  const onCommanded = (control: ControlState) => state.adopt(control)
  const { removeJobs } = createTemplateCommands<S>(context, { turns, lifecycle, onCommanded })

  function health(): WorkerHealth {
    const { active, messages } = lifecycle.current ?? NOTHING
    return {
      reasons: state.reasons,
      running: active.size,
      concurrency: limitOf(configuration.concurrency),
      droppedMessages: messages.dropped,
      leftMessages: messages.left,
    }
  }

  return {
    name: options.name,
    get isOpen() {
      return lifecycle.current !== null
    },
    get state() {
      return state.observed
    },
    get health() {
      return health()
    },
    open: lifecycle.open,
    close: ({ graceMs = options.graceMs } = {}) => lifecycle.close(graceMs),
    on: events.on,
    isTurning: () => lifecycle.current?.isTicking() ?? Promise.resolve(true),
    whenIdle: () => lifecycle.current?.whenIdle() ?? Promise.resolve(),
    ...createJobCommands<S>(context, { turns, lifecycle, removeJobs, onDefined: () => {} }),
  }
}

const NOTHING = { active: { size: 0 }, messages: { dropped: 0, left: 0 } }
