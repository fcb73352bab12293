import type { JobAbout } from '../job/about.ts'
import type { TemplateUse } from '../job/definitions.ts'
import type { JsonSchema } from '../job/json-schema.ts'
import type { TemplatedJobChange, TemplatedJobOptions } from '../job/templated-options.ts'
import type { CommandOptions, CommandResult } from './commands.ts'

/** What a command to jobs of templates produced. */
export interface TemplateResult extends CommandResult {
  /** The jobs that were made, changed or removed. */
  readonly jobs: readonly string[]
}

/** A template that this process has, or that jobs in effect were made of. */
export interface TemplateSummary extends JobAbout {
  readonly name: string
  /** What its parameters are, as JSON Schema; `null` when this process does not have it. */
  readonly params: JsonSchema | null
  /** How many jobs of it are in effect. */
  readonly jobs: number
}

/**
 * Jobs of templates: rows of the store, which every process with the template runs, and no process has to have. Each call
 * does all of it or nothing, for at most 100 jobs, and the log has an entry for each. They reject with `WORKER_NEEDED`
 * in an observer, and with `INVALID_OPTIONS` or `INVALID_INPUT` (the parameters) and the place in the list.
 */
export interface TemplateCommands {
  /** Makes jobs. They count from now. Throws `INVALID_OPTIONS` for a name that a job has, in code or not. */
  createJobs(jobs: readonly TemplatedJobOptions[], options?: CommandOptions): Promise<TemplateResult>
  /**
   * Changes jobs. Due times of an old schedule up to now are accounted for, and those of the new one count from now. Throws
   * `JOB_NOT_FOUND`, and `CONTROL_CONFLICT` when another process changed one of them at the same time.
   */
  updateJobs(jobs: readonly TemplatedJobChange[], options?: CommandOptions): Promise<TemplateResult>
  /** Retires jobs: nothing of them is due any more, their history stays, runs under way go on. */
  removeJobs(jobs: readonly string[], options?: CommandOptions): Promise<TemplateResult>
  /** The template and the parameters of a job; `null` of one that code defines. Throws `JOB_NOT_FOUND`. */
  templateOf(job: string): TemplateUse | null
  /** The templates of this process in the order of its options, and those that only others have. */
  templates(): readonly TemplateSummary[]
}
