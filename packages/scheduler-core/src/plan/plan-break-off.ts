import type { Job } from '../job/job.ts'
import type { RunTrigger } from '../run/states.ts'

/** A run under way when a shutdown's grace is over. */
export interface BrokenOffRun {
  readonly trigger: RunTrigger
  /** The last attempt that began. */
  readonly attempt: number
  /** Whether its handler runs, also one that ignores that its attempt was timed out. */
  readonly isHandlerActive: boolean
  /** Whether its success may be committed in the handler's own transaction. */
  readonly mayHaveSucceeded: boolean
}

/**
 * What becomes of a run that a shutdown breaks off. `release`: it stays open without an owner and is taken up again, where
 * an attempt is left and either nothing is done twice, since no handler runs, or its job asks for at least once, as for
 * an orphan. `interrupt`: it is settled as interrupted.
 */
export function planBreakOff(
  run: BrokenOffRun,
  job: Pick<Job, 'onOrphan' | 'retry'> | undefined,
): 'release' | 'interrupt' {
  if (!job || run.mayHaveSucceeded || run.attempt >= job.retry.maxAttempts) return 'interrupt'
  if (!run.isHandlerActive) return 'release'
  return job.onOrphan === 'rerun' && run.trigger !== 'backfill' ? 'release' : 'interrupt'
}
