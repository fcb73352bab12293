import type { RunId } from '../ids.ts'
import type { CommandOptions, CommandResult, PauseOptions } from './commands.ts'

/** A command to all jobs that a filter meets. */
export interface BulkOptions extends CommandOptions {
  /** The `match` of a preview: the command is refused with `JOBS_CHANGED` when the filter meets others (default any). */
  readonly expectedMatch?: string
}

export interface PauseJobsOptions extends BulkOptions, PauseOptions {}

/** The jobs that a filter meets. */
export interface JobMatch {
  /** In the order of their names. */
  readonly jobs: readonly string[]
  /** Changes when the filter meets others: the `expectedMatch` of a command. */
  readonly match: string
}

/** What a command to several jobs produced. */
export interface BulkResult extends CommandResult, JobMatch {
  /** The jobs that it changed or ran. */
  readonly jobs: readonly string[]
  /** The runs that were claimed. */
  readonly runs: readonly { readonly job: string; readonly runId: RunId }[]
  /** The jobs that it met and left alone: they were so already, a run is under way, or their runs need an input. */
  readonly left: readonly { readonly job: string; readonly why: 'already' | 'running' | 'needs_input' }[]
}
