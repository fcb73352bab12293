import type { EpochMs } from '../../clock.ts'
import type { JobSlot } from './job-slots.ts'

/** The jobs that wait for a run to settle: for room, or for the end of their own run. */
export interface WaitingJobs {
  /** Notes the due time that the job holds back until one of its runs settles; `null` when there is none. */
  hold(slot: JobSlot, due: EpochMs | null): void
  /** Notes that there was no room for the job's run. */
  starve(slot: JobSlot): void
  /** Notes that a run of this job has settled. Returns the slots to look at again, which wait no more. */
  takeWoken(job: string): readonly JobSlot[]
}

export function createWaitingJobs(): WaitingJobs {
  const starved = new Set<JobSlot>()
  /** By the name of the job. */
  const holding = new Map<string, JobSlot>()

  return {
    hold(slot, due) {
      if (due !== null) holding.set(slot.job.name, slot)
      else if (slot.held !== null) holding.delete(slot.job.name)
      slot.held = due
    },
    starve: (slot) => void starved.add(slot),
    takeWoken(job) {
      const slot = holding.size > 0 ? holding.get(job) : undefined
      if (slot) starved.add(slot)
      if (starved.size === 0) return NONE
      const woken = [...starved]
      starved.clear()
      return woken
    },
  }
}

const NONE: readonly JobSlot[] = Object.freeze([])
