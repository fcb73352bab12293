import { createLoop, type Loop } from '../../loop/loop.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

export interface WatcherOptions {
  readonly onControlChanged: () => void
  /** Called in every round while writes fail, since reads alone cannot tell when the store takes writes again. */
  readonly tryToWrite: () => void
}

/**
 * Takes over commands given on other instances, and notices within one round when the store goes away or comes back.
 */
export function createWatcher<S extends object>(
  { scheduler, options: { watchMs }, store, units, state, clock, logger }: SchedulerContext<S>,
  { onControlChanged, tryToWrite }: WatcherOptions,
): Loop {
  async function watch(): Promise<number> {
    const control = await units.run('watch', (session) => store.readControl(session, { scheduler }), { readOnly: true })
    const before = state.control?.version
    if (control) state.adopt(control)
    if (state.control?.version !== before) onControlChanged()
    if (state.writesFail) tryToWrite()
    return watchMs
  }
  return createLoop({ name: 'watcher', clock, logger, runOnce: watch, retryMs: watchMs })
}
