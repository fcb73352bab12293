import { within } from '../../clock.ts'
import { breakOff } from './break-off.ts'
import type { InstanceContext } from './instance-context.ts'

/** How long handlers and the store get after the abort to record what became of the runs. */
const SETTLE_MS = 400

export interface DrainOptions {
  /** Asked when the grace is over: whether the runs that are left are to be broken off (default true). */
  readonly isWanted?: () => boolean
}

/**
 * Waits up to `graceMs` for the running runs, then breaks them off. A run that waits for its next attempt is not waited
 * for beyond the grace either. Resolves within `graceMs` + 400 ms.
 */
export async function drain<S extends object>(
  context: Pick<InstanceContext<S>, 'instance' | 'active' | 'clock' | 'jobs' | 'toStoredError'>,
  graceMs: number,
  { isWanted = () => true }: DrainOptions = {},
): Promise<void> {
  const { active, clock } = context
  if ((await within(clock, graceMs, active.whenEmpty())) || !isWanted()) return
  for (const execution of active.executions) breakOff(execution, context)
  await within(clock, SETTLE_MS, active.whenEmpty())
}
