/** The name under which the totals of forgotten jobs go on. It can be no job's. */
export const FORGOTTEN_JOBS = '(forgotten)'
