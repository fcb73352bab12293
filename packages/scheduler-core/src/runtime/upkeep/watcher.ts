import type { Clock } from '../../clock.ts'
import { createLoop, type Loop } from '../../loop/loop.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Store } from '../../ports/store.ts'
import type { Units } from '../../session/units.ts'
import type { SchedulerState } from '../../state/scheduler-state.ts'

export interface WatcherOptions<S> {
  readonly scheduler: string
  readonly watchMs: number
  readonly store: Store<S>
  readonly units: Units<S>
  readonly state: SchedulerState
  readonly clock: Clock
  readonly logger: Logger
  readonly onControlChanged: () => void
  /** Called in every round while writes fail: reads alone cannot tell when the store takes them again. */
  readonly tryToWrite: () => void
}

/** Keeps up with what other instances were told, and notices within a round when the store goes away or comes back. */
export function createWatcher<S>({
  scheduler,
  watchMs,
  store,
  units,
  state,
  onControlChanged,
  tryToWrite,
  clock,
  logger,
}: WatcherOptions<S>): Loop {
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
