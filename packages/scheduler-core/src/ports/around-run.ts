import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { SettledRunState } from '../run/states.ts'
import type { StoredError } from '../run/stored-error.ts'

/** A run that begins in this process. */
export interface BeginningRun {
  readonly id: RunId
  readonly scheduler: string
  readonly job: string
  readonly scheduledFor: EpochMs | null
}

/** The state in which a run was settled; `null` when this instance does not own the run. */
export type RunOutcome = SettledRunState | null

/** Watches a run while it is executed, such as for a trace. What it throws is logged, and changes nothing. */
export interface RunObserver {
  /**
   * Called when an attempt has failed, and when the run was ended from outside. The error has its stack, and no secret of
   * the scheduler.
   */
  failed(error: StoredError, attempt: number): void
}

/**
 * Called for each run that begins in this process, at once: it calls `execute` once, in this turn, in whose context the
 * handlers then run. `execute` resolves with the outcome and never rejects.
 */
export type AroundRun = (
  run: BeginningRun,
  execute: (observer?: RunObserver) => Promise<RunOutcome>,
) => Promise<RunOutcome>
