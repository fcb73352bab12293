import { sleep, type Timer } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { Turns } from '../loop/turns.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import type { SchedulerRole } from '../state/role.ts'
import { type BulkCommander, createBulkCommander } from './ask/bulk-commander.ts'
import { type ControlCommander, createControlCommander } from './ask/control-commander.ts'
import { createForgetter, type Forgetter } from './ask/forgetter.ts'
import { createRunCommander, type RunCommander } from './ask/run-commander.ts'
import { createTemplateCommander, type TemplateCommander } from './ask/template-commander.ts'
import { type Entered, enterAsObserver, enterWithJobs, newInstance } from './entrance.ts'
import type { InstanceContext } from './run/instance-context.ts'

/** The parts of an instance between one `open` and its `close`. */
export interface OpenInstance extends Entered, RunCommander, Forgetter, BulkCommander, TemplateCommander<never> {
  readonly instance: InstanceContext<object>['instance']
  readonly messages: InstanceContext<object>['messages']
  readonly command: ControlCommander
}

/** Opens a scheduler and closes it again. */
export interface Lifecycle {
  /** `null` before `open` has finished and once `close` has begun. */
  readonly current: OpenInstance | null
  /** Throws `SCHEDULER_NOT_OPEN`. */
  assertOpen(): OpenInstance
  open(): Promise<void>
  close(graceMs: number): Promise<void>
}

/**
 * Even without a grace, `close` waits this long for commands under way, so that they are answered while the store
 * works.
 */
const COMMANDS_MS = 50

/** In the log. */
const OPEN = {
  scheduler: 'The scheduler is open',
  worker: 'The worker is open',
  observer: 'The scheduler is open',
} as const satisfies Record<SchedulerRole, string>

/** With `turns`, `open` and `close` take their turns with the commands. */
export function createLifecycle<S extends object>(context: SchedulerContext<S>, turns: Turns): Lifecycle {
  const { scheduler, options, clock, logger, state, events } = context
  let current: OpenInstance | null = null
  /** The one handle that keeps the process alive between `open` and `close`. No timer does. */
  let held: Timer | null = null
  /** Resolves when the last `open` has succeeded or failed. */
  let lastOpen: Promise<void> = Promise.resolve()

  /** Everything that `open` does, except for keeping the process alive. */
  async function bringUp(): Promise<void> {
    const instance = newInstance(context)
    const replan = () => current?.replan()
    const entered =
      options.role === 'observer' ? await enterAsObserver(instance) : await enterWithJobs(instance, { replan })
    await entered.open()
    entered.start(entered.firstRuns)
    current = { ...entered, ...commandersOf(instance), instance: instance.instance, messages: instance.messages }
    options.processProbe?.start()
    state.opened()
    const { role, timeZoneData } = options
    logger.info({ role, instance: instance.instance, timeZoneData }, OPEN[role])
    events.emit('opened', {})
  }

  async function bringDown(closing: OpenInstance, graceMs: number): Promise<void> {
    current = null
    try {
      events.emit('closing', {})
      options.processProbe?.stop()
      await closing.close(graceMs)
    } finally {
      state.closed()
      held?.cancel()
    }
  }

  return {
    get current() {
      return current
    },
    assertOpen() {
      if (!current) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler })
      return current
    },
    open() {
      const opened = turns.take(async () => {
        if (current) return
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
    /**
     * Closes the instance after the commands before it. They may hang as long as the store does, so they get the grace
     * and no more. An `open` under way is awaited, since the instance that it opens has to be closed.
     */
    async close(graceMs) {
      const began = clock.monotonic()
      const isOurTurn = new AbortController()
      const enough = sleep(clock, Math.max(graceMs, COMMANDS_MS), isOurTurn.signal)
      await turns.take(
        async () => {
          isOurTurn.abort()
          if (current) await bringDown(current, Math.max(0, graceMs - (clock.monotonic() - began)))
        },
        Promise.all([lastOpen, enough]),
      )
    },
  }
}

function commandersOf<S extends object>(instance: InstanceContext<S>) {
  return {
    ...createRunCommander<S>(instance),
    ...createForgetter<S>(instance),
    ...createBulkCommander<S>(instance),
    ...createTemplateCommander<S>(instance),
    command: createControlCommander<S>(instance),
  }
}
