import type { EpochMs } from '../../clock.ts'
import type { JobPolicies } from '../../job/job.ts'
import { OUTSIDE } from '../../loop/heap.ts'
import { createReadyQueue } from '../../loop/ready-queue.ts'
import { createSleepers, type Sleeper, type Sleepers } from '../../loop/sleepers.ts'
import { type Instants, type Timeline, timelineOf } from './scheduler-time.ts'

/** When to look at each job next. */
export interface JobSlots {
  /** The due slots, highest priority first; at most `limit`. */
  takeDue(now: Instants, limit: number): readonly JobSlot[]
  /** How long until the next slot is due; `Infinity` when none will be. */
  untilNext(now: Instants): number
  /**
   * Sets the next look at this job to `at`, on the timeline that it follows from now on (default as before), instead of
   * the one before; `Infinity` is never.
   */
  schedule(slot: JobSlot, at: EpochMs, timeline?: Timeline): void
  /** Takes over the jobs as they are now. Returns the slots of new and changed ones, which need another look. */
  refresh(): readonly JobSlot[]
  readonly all: Iterable<JobSlot>
}

export interface JobSlot extends Sleeper {
  job: JobPolicies
  /** That of the job when the slot became ready last. */
  priority: number
  /** The clock that `at` and the job's due times are compared with. */
  timeline: Timeline
  /** Whether the slot is due and waits to be taken. */
  isReady: boolean
  /** Whether the job is not in effect here any more. */
  isGone: boolean
  /** A due time that waits for the job's running run. */
  held: EpochMs | null
}

const TIMELINES: readonly Timeline[] = ['steady', 'wall']

export function createJobSlots(jobs: ReadonlyMap<string, JobPolicies>): JobSlots {
  const slots = new Map(Array.from(jobs.values(), (job) => [job.name, toSlot(job)]))
  const asleep: Record<Timeline, Sleepers<JobSlot>> = { steady: createSleepers(), wall: createSleepers() }
  const ready = createReadyQueue<JobSlot>()

  function getReady(slot: JobSlot): void {
    slot.isReady = true
    slot.priority = slot.job.priority
    ready.add(slot)
  }

  function takeOut(slot: JobSlot): void {
    if (slot.isReady) ready.remove(slot)
    else asleep[slot.timeline].remove(slot)
    slot.isReady = false
  }

  function schedule(slot: JobSlot, at: EpochMs, timeline = slot.timeline): void {
    takeOut(slot)
    slot.timeline = timeline
    slot.at = at
    if (at < Infinity && !slot.isGone) asleep[slot.timeline].add(slot)
  }

  return {
    takeDue(now, limit) {
      for (const timeline of TIMELINES) asleep[timeline].wake(now[timeline], getReady)
      const due = ready.take(limit)
      for (const slot of due) slot.isReady = false
      return due
    },
    untilNext(now) {
      if (!ready.isEmpty) return 0
      const waits = TIMELINES.map((timeline) => asleep[timeline].nextAt - now[timeline])
      return Math.max(0, Math.min(...waits))
    },
    schedule,
    refresh() {
      const changed: JobSlot[] = []
      for (const slot of slots.values()) {
        if (jobs.has(slot.job.name)) continue
        takeOut(slot)
        slot.isGone = true
        slots.delete(slot.job.name)
      }
      for (const job of jobs.values()) {
        const slot = slots.get(job.name) ?? toSlot(job)
        if (slots.has(job.name) && slot.job === job) continue
        takeOut(slot)
        slots.set(job.name, slot)
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

function toSlot(job: JobPolicies): JobSlot {
  return {
    job,
    priority: job.priority,
    timeline: timelineOf(job.schedule),
    at: Infinity,
    place: OUTSIDE,
    isReady: false,
    isGone: false,
    held: null,
  }
}
