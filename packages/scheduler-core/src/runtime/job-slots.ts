import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import { createHeap } from './heap.ts'

/** When each job is to be looked at next. */
export interface JobSlots {
  /** The slots whose time has come, those of the highest priority first; at most `limit`. */
  takeDue(now: EpochMs, limit: number): readonly JobSlot[]
  /** When the next slot's time comes; `Infinity` when none will. */
  readonly nextAt: EpochMs
  /** Looks at this job again at `at` instead of whenever it was; `Infinity` is never. */
  schedule(slot: JobSlot, at: EpochMs): void
  get(job: string): JobSlot | undefined
  readonly all: Iterable<JobSlot>
}

export interface JobSlot {
  readonly job: JobPolicies
  at: EpochMs
  /** A due time that waits for the job's running run. */
  held: EpochMs | null
}

interface HeapEntry {
  readonly at: EpochMs
  readonly slot: JobSlot
}

export function createJobSlots(jobs: Iterable<JobPolicies>): JobSlots {
  const slots = new Map<string, JobSlot>()
  for (const job of jobs) slots.set(job.name, { job, at: Infinity, held: null })
  const heap = createHeap<HeapEntry>((entry) => entry.at)

  /** Rescheduling leaves the old entry in the heap; it is outdated when its slot has moved on. */
  function dropOutdated(): HeapEntry | undefined {
    let top = heap.peek()
    while (top && top.slot.at !== top.at) {
      heap.pop()
      top = heap.peek()
    }
    return top
  }

  function schedule(slot: JobSlot, at: EpochMs): void {
    slot.at = at
    if (at < Infinity) heap.push({ at, slot })
  }

  return {
    takeDue(now, limit) {
      const due: JobSlot[] = []
      for (let top = dropOutdated(); top && top.at <= now; top = dropOutdated()) {
        heap.pop()
        // Taken until it is scheduled again: a second entry for the same instant is outdated by this.
        top.slot.at = Infinity
        due.push(top.slot)
      }
      due.sort((a, b) => b.job.priority - a.job.priority)
      for (const slot of due.splice(limit)) schedule(slot, now)
      return due
    },
    get nextAt() {
      return dropOutdated()?.at ?? Infinity
    },
    schedule,
    get: (job) => slots.get(job),
    get all() {
      return slots.values()
    },
  }
}
