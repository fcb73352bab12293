import { sleep, type Timer } from '../clock.ts'
import { SchedulerError } from '../errors.ts'
import type { StoreTimeReading } from '../host/corrected-clock.ts'
import { randomInstanceId } from '../ids.ts'
import type { Turns } from '../loop/turns.ts'
import { REPORTED_SKEW_MS, type SchedulerContext } from '../scheduler-context.ts'
import { type ControlCommander, createControlCommander } from './ask/control-commander.ts'
import { createRunCommander, type RunCommander } from './ask/run-commander.ts'
import { createActiveRuns } from './run/active-runs.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createRuntime, type Runtime } from './runtime.ts'

/** The parts of an instance between one `open` and its `close`. */
export interface OpenInstance extends Runtime, RunCommander {
  readonly instance: InstanceContext<object>['instance']
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

/** With `turns`, `open` and `close` take their turns with the commands. */
export function createLifecycle<S extends object>(context: SchedulerContext<S>, turns: Turns): Lifecycle {
  const { scheduler, options, clock, state, events } = context
  let current: OpenInstance | null = null
  /** The one handle that keeps the process alive between `open` and `close`. No timer does. */
  let held: Timer | null = null
  /** Resolves when the last `open` has succeeded or failed. */
  let lastOpen: Promise<void> = Promise.resolve()

  /** Everything that `open` does, except for keeping the process alive. */
  async function bringUp(): Promise<void> {
    await register(context)
    const instance = { ...context, instance: randomInstanceId(), leaseMs: options.leaseMs, active: createActiveRuns() }
    const onStoreTime = (reading: StoreTimeReading) => {
      if (followStoreTime(context, reading)) current?.replan()
    }
    const runtime = createRuntime<S>(instance, { onStoreTime })
    await runtime.open()
    current = {
      ...runtime,
      ...createRunCommander<S>(instance),
      command: createControlCommander<S>(instance),
      instance: instance.instance,
    }
    options.processProbe?.start()
    state.opened()
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

/** Registers the jobs in the store, and takes over what operators asked before. */
async function register<S extends object>({ scheduler, options, store, units, clock, state }: SchedulerContext<S>) {
  const now = clock.now()
  const control = await units.run('register', async (session) => {
    await store.register(session, {
      scheduler,
      now,
      jobs: [...options.jobs.keys()].map((job) => ({ job, cursor: now })),
    })
    return store.readControl(session, { scheduler })
  })
  if (control) state.adopt(control)
}

/** Corrects the clock by the store's. Returns whether that changed the time. */
function followStoreTime<S extends object>(
  { options, clock, logger }: SchedulerContext<S>,
  reading: StoreTimeReading,
): boolean {
  if (!options.followStoreClock) return false
  const before = clock.skewMs
  clock.learn(reading)
  const { skewMs } = clock
  if (skewMs === before) return false
  const isFar = Math.abs(skewMs) > REPORTED_SKEW_MS
  if (isFar) logger.warn({ skewMs }, "This host's clock differs from the store's, which is followed")
  else logger.debug({ skewMs }, "The clock was corrected by the store's")
  return true
}
