import type { EpochMs } from '../clock.ts'
import type { Schedule } from '../schedule/schedule.ts'

/**
 * Where the ledger of a job begins that is registered at `now`: due times after this instant are accounted for. A grid
 * or a pattern counts from now. A single instant that has passed is accounted for too, so that the job's misfire policy
 * decides about it: it runs late, or is missed.
 */
export function firstCursor(schedule: Schedule, now: EpochMs): EpochMs {
  return schedule.kind === 'once' ? Math.min(now, schedule.at - 1) : now
}
