export const MISFIRE_POLICIES = ['run-latest', 'skip', 'run-all'] as const
export const OVERLAP_POLICIES = ['skip', 'buffer-one', 'cancel-running', 'allow'] as const
export const ORPHAN_POLICIES = ['fail', 'rerun'] as const

/**
 * What to do with due times that could not start in time but are still within the grace: run the latest of them
 * and record the others as missed, run none, or run all of them one after the other.
 */
export type MisfirePolicy = (typeof MISFIRE_POLICIES)[number]

/** What to do with a due time while the job's previous run is still going. */
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number]

/** What to do with a run whose process died: leave it (at most once), or run it again (at least once). */
export type OrphanPolicy = (typeof ORPHAN_POLICIES)[number]
