import type { AnyJobOptions } from '../job/job.ts'

/** Changes of the jobs that this process has, while it is open. */
export interface JobChanges<S> {
  /**
   * Adds a job to those of this process. It counts from when it takes effect, which is now unless other instances have it
   * in another form. Throws `INVALID_OPTIONS` when this process has a job of that name.
   */
  addJob(job: AnyJobOptions<S>): Promise<void>
  /**
   * Puts a job in the place of the one with its name, for every instance: the due times of the old one up to now are
   * accounted for, and those of the new one count from now. Runs under way keep their handler and policies. A process that
   * starts later with another definition in its code is a later deployment.
   */
  replaceJob(job: AnyJobOptions<S>): Promise<void>
  /**
   * Takes a job from this process. When no other instance has it, it is `retired`: nothing of it is due any more, and its
   * history stays. Runs under way go on. A job of a template is removed as by `removeJobs`.
   */
  removeJob(job: string): Promise<{ readonly retired: boolean }>
}
