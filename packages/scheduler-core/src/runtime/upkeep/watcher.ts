import type { ControlState } from '../../control/control.ts'
import { createLoop, type Idle, type Loop } from '../../loop/loop.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

export interface WatcherOptions {
  /** What operators want of the scheduler or a job has changed. */
  readonly onControlChanged: () => void
  /** Only definitions of jobs have changed, or commands have left everything as it was. */
  readonly onDefined: () => void
  /** Called in every round while writes fail, since reads alone cannot tell when the store takes writes again. */
  readonly tryToWrite: () => void
}

/**
 * Takes over commands given on other instances, and notices within one round when the store goes away or comes back.
 */
export function createWatcher<S extends object>(
  { scheduler, options: { watchMs }, store, units, state, configuration, clock, logger, follow }: SchedulerContext<S>,
  { onControlChanged, onDefined, tryToWrite }: WatcherOptions,
): Loop {
  async function watch(): Promise<Idle> {
    const known = () => `${state.control?.version} ${configuration.definitions.version}`
    const [before, control] = [known(), state.control]
    await units.run(
      'watch',
      async (session) => {
        const control = await store.readControl(session, { scheduler })
        if (control) await follow(session, control)
      },
      { readOnly: true },
    )
    if (known() !== before) {
      if (wantedIn(state.control) === wantedIn(control)) onDefined()
      else onControlChanged()
    }
    if (state.writesFail) tryToWrite()
    return { sleepMs: watchMs }
  }
  return createLoop({ name: 'watcher', clock, logger, runOnce: watch, retryMs: watchMs })
}

/** What every job has to be planned again for, when it changes. */
function wantedIn(control: ControlState | null): string {
  return JSON.stringify([control?.desired, control?.pausedUntil, control?.pausedJobs, control?.config])
}
