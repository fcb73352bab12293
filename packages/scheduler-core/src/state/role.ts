import { INSTANCE_ROLES } from '../ports/definitions.ts'

/** What a process does for its scheduler. */
export const SCHEDULER_ROLES = [...INSTANCE_ROLES, 'observer'] as const

/**
 * `scheduler`: decides what is due, and runs it or hands it to an engine. `worker`: runs what an engine brings
 * (`createWorker`). `observer`: reads and commands through the store and runs nothing. Its jobs are those that the others
 * have. It counts neither as an instance nor as one that could run a job.
 */
export type SchedulerRole = (typeof SCHEDULER_ROLES)[number]
