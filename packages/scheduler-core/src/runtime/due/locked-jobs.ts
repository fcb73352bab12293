import type { Logger } from '../../ports/logger.ts'
import type { JobSlot } from './job-slots.ts'

/** The due jobs whose rows another transaction holds. Each is looked at again at growing intervals until it is free. */
export interface LockedJobs {
  has(slot: JobSlot): boolean
  /** Notes that the job was passed over. Returns the milliseconds to wait before the next look. */
  passedOver(slot: JobSlot): number
  /** Notes that the job was free. */
  found(slot: JobSlot): void
}

const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 1_000

export function createLockedJobs(logger: Logger): LockedJobs {
  const pauses = new Map<JobSlot, number>()
  return {
    has: (slot) => pauses.has(slot),
    passedOver(slot) {
      const known = pauses.get(slot)
      const pauseMs = known === undefined ? FIRST_PAUSE_MS : Math.min(2 * known, LONGEST_PAUSE_MS)
      pauses.set(slot, pauseMs)
      if (known === undefined) {
        const { name: job } = slot.job
        logger.warn({ job }, 'A transaction holds the row of a job that is due; the job waits, and the others go on')
      }
      return pauseMs
    },
    found: (slot) => void pauses.delete(slot),
  }
}
