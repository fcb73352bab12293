import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import { createHeap, type Heap } from './heap.ts'
import { type Instants, type Timeline, timelineOf } from './scheduler-time.ts'

/** When each job is to be looked at next. */
export interface JobSlots {
  /** The slots whose time has come, those of the highest priority first; at most `limit`. */
  takeDue(now: Instants, limit: number): readonly JobSlot[]
  /** How long until the next slot's time comes; `Infinity` when none will. */
  untilNext(now: Instants): number
  /** Looks at this job again at `at`, on its own timeline, instead of whenever it was; `Infinity` is never. */
  schedule(slot: JobSlot, at: EpochMs): void
  get(job: string): JobSlot | undefined
  /** Takes over the jobs as they are now, and answers the slots of those that have changed, to be looked at again. */
  refresh(): readonly JobSlot[]
  readonly all: Iterable<JobSlot>
}

export interface JobSlot {
  job: JobPolicies
  /** What `at` and the job's due times are compared with. */
  timeline: Timeline
  at: EpochMs
  /** A due time that waits for the job's running run. */
  held: EpochMs | null
}

interface HeapEntry {
  readonly at: EpochMs
  readonly slot: JobSlot
}

const TIMELINES: readonly Timeline[] = ['steady', 'wall']

export function createJobSlots(jobs: ReadonlyMap<string, JobPolicies>): JobSlots {
  const slots = new Map<string, JobSlot>()
  for (const job of jobs.values()) {
    slots.set(job.name, { job, timeline: timelineOf(job.schedule), at: Infinity, held: null })
  }
  const heaps: Record<Timeline, Heap<HeapEntry>> = { steady: createEntries(), wall: createEntries() }

  /** Rescheduling leaves the old entry in the heap; it is outdated when its slot has moved on. */
  function next(timeline: Timeline): HeapEntry | undefined {
    const heap = heaps[timeline]
    let top = heap.peek()
    while (top && (top.slot.at !== top.at || top.slot.timeline !== timeline)) {
      heap.pop()
      top = heap.peek()
    }
    return top
  }

  function schedule(slot: JobSlot, at: EpochMs): void {
    slot.at = at
    if (at < Infinity) heaps[slot.timeline].push({ at, slot })
  }

  function takeFrom(timeline: Timeline, now: EpochMs, due: JobSlot[]): void {
    for (let top = next(timeline); top && top.at <= now; top = next(timeline)) {
      heaps[timeline].pop()
      // Taken until it is scheduled again: a second entry for the same instant is outdated by this.
      top.slot.at = Infinity
      due.push(top.slot)
    }
  }

  return {
    takeDue(now, limit) {
      const due: JobSlot[] = []
      for (const timeline of TIMELINES) takeFrom(timeline, now[timeline], due)
      due.sort((a, b) => b.job.priority - a.job.priority)
      for (const slot of due.splice(limit)) schedule(slot, now[slot.timeline])
      return due
    },
    untilNext(now) {
      const waits = TIMELINES.map((timeline) => (next(timeline)?.at ?? Infinity) - now[timeline])
      return Math.max(0, Math.min(...waits))
    },
    schedule,
    get: (job) => slots.get(job),
    refresh() {
      const changed: JobSlot[] = []
      for (const [name, slot] of slots) {
        const job = jobs.get(name)
        if (!job || job === slot.job) continue
        slot.job = job
        slot.timeline = timelineOf(job.schedule)
        changed.push(slot)
      }
      return changed
    },
    get all() {
      return slots.values()
    },
  }
}

function createEntries(): Heap<HeapEntry> {
  return createHeap((entry) => entry.at)
}
