/** What a process does for its scheduler. */
export const SCHEDULER_ROLES = ['worker', 'observer'] as const

/**
 * `worker`: runs its jobs. `observer`: reads and commands through the store and runs nothing. Its jobs are those that the
 * workers have. It counts neither as an instance nor as one that could run a job.
 */
export type SchedulerRole = (typeof SCHEDULER_ROLES)[number]
