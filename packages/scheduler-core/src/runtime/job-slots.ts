import type { EpochMs } from '../clock.ts'
import type { JobPolicies } from '../job/job.ts'
import { createHeap, type Heap, type HeapItem, OUTSIDE } from './heap.ts'
import { createReadyQueue } from './ready-queue.ts'
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

export interface JobSlot extends HeapItem {
  job: JobPolicies
  /** What `at` and the job's due times are compared with. */
  timeline: Timeline
  /** A due time that waits for the job's running run. */
  held: EpochMs | null
}

const TIMELINES: readonly Timeline[] = ['steady', 'wall']

export function createJobSlots(jobs: ReadonlyMap<string, JobPolicies>): JobSlots {
  const slots = new Map<string, JobSlot>()
  for (const job of jobs.values()) {
    slots.set(job.name, { job, timeline: timelineOf(job.schedule), at: Infinity, place: OUTSIDE, held: null })
  }
  const asleep: Record<Timeline, Heap<JobSlot>> = { steady: createHeap(), wall: createHeap() }
  const ready = createReadyQueue<JobSlot>()

  function wake(timeline: Timeline, now: EpochMs): void {
    const heap = asleep[timeline]
    for (let next = heap.peek(); next && next.at <= now; next = heap.peek()) {
      heap.remove(next)
      ready.add(next, next.job.priority)
    }
  }

  function takeOut(slot: JobSlot): void {
    asleep[slot.timeline].remove(slot)
    ready.remove(slot)
  }

  function schedule(slot: JobSlot, at: EpochMs): void {
    takeOut(slot)
    slot.at = at
    if (at < Infinity) asleep[slot.timeline].push(slot)
  }

  return {
    takeDue(now, limit) {
      for (const timeline of TIMELINES) wake(timeline, now[timeline])
      return ready.take(limit)
    },
    untilNext(now) {
      if (!ready.isEmpty) return 0
      const waits = TIMELINES.map((timeline) => (asleep[timeline].peek()?.at ?? Infinity) - now[timeline])
      return Math.max(0, Math.min(...waits))
    },
    schedule,
    get: (job) => slots.get(job),
    refresh() {
      const changed: JobSlot[] = []
      for (const [name, slot] of slots) {
        const job = jobs.get(name)
        if (!job || job === slot.job) continue
        takeOut(slot)
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
