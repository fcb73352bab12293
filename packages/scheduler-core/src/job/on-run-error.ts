import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { RunTrigger, SettledRunState } from '../run/states.ts'
import type { StoredError } from '../run/stored-error.ts'

/** Gets the error of a run that did not succeed. */
export type OnRunError = (error: unknown, context: RunErrorContext) => unknown

/** The run that did not succeed. */
export interface RunErrorContext {
  /** The name of the scheduler. */
  readonly scheduler: string
  readonly job: string
  readonly runId: RunId
  /** The last attempt, from 1. */
  readonly attempt: number
  readonly trigger: RunTrigger
  /** The nominal due time; `null` for a manual run. */
  readonly scheduledFor: EpochMs | null
  /** How it ended. `cancelled`: an operator or a newer run ended it. */
  readonly state: Exclude<SettledRunState, 'succeeded'>
  /** The error as the ledger keeps it: capped, without the scheduler's secrets. */
  readonly stored: StoredError | null
}
