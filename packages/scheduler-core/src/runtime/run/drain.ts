import { type Clock, within } from '../../clock.ts'
import type { Redact } from '../../run/stored-error.ts'
import type { ActiveRuns } from './active-runs.ts'
import { cancelExecution } from './cancel-execution.ts'

export interface DrainOptions {
  readonly active: ActiveRuns
  readonly clock: Clock
  readonly redact: Redact
  readonly graceMs: number
}

/** How long handlers and the store get after the abort to record a cancelled run. */
const SETTLE_MS = 400

/** Waits up to `graceMs` for the running runs, then ends them as cancelled. Resolves within `graceMs` + 400 ms. */
export async function drain({ active, clock, redact, graceMs }: DrainOptions): Promise<void> {
  if (await becomesEmpty(active, clock, graceMs)) return
  for (const execution of active.executions) cancelExecution(execution, { reason: 'the scheduler stops', redact })
  await becomesEmpty(active, clock, SETTLE_MS)
}

async function becomesEmpty(active: ActiveRuns, clock: Clock, withinMs: number): Promise<boolean> {
  return within(clock, withinMs, active.whenEmpty())
}
