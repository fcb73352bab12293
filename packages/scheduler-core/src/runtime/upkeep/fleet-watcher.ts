import { createLoop, type Loop } from '../../loop/loop.ts'
import { aliveUntil } from '../../plan/fleet-life.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/**
 * Keeps an observer's state that of its fleet: once each `watchMs` it reads who lives, which jobs they have and what
 * operators asked for.
 */
export function createFleetWatcher<S extends object>(context: SchedulerContext<S>): Loop {
  const { options, units, clock, logger } = context
  const { watchMs } = options
  return createLoop({
    name: 'watcher',
    clock,
    logger,
    retryMs: watchMs,
    async runOnce() {
      await units.run('watch', (session) => readFleet(context, session), { readOnly: true })
      return watchMs
    },
  })
}

/** Takes over what the store says of the fleet. */
export async function readFleet<S extends object>(
  { scheduler, store, state, follow }: SchedulerContext<S>,
  session: S,
): Promise<void> {
  const lives = await store.readInstances(session, { scheduler })
  const control = await store.readControl(session, { scheduler })
  state.sawFleet(aliveUntil(lives.filter(({ role }) => role === 'scheduler')))
  if (control) await follow(session, control)
}
