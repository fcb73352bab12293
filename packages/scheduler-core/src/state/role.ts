import { INSTANCE_ROLES } from '../ports/definitions.ts'

export const SCHEDULER_ROLES = [...INSTANCE_ROLES, 'observer'] as const

/**
 * What a process does for its scheduler. Beside the roles of instances, `observer`: it reads and commands through the store
 * and runs nothing. Its jobs are those that the others have. It counts neither as an instance nor as one that could run a
 * job.
 */
export type SchedulerRole = (typeof SCHEDULER_ROLES)[number]
