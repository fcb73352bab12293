import type { InstanceContext } from '../run/instance-context.ts'
import { createJobSlots, type JobSlot } from './job-slots.ts'
import { createLockedJobs } from './locked-jobs.ts'
import { INACTIVE_MS } from './plan-jobs.ts'
import type { SchedulerTime } from './scheduler-time.ts'
import type { Ticked } from './tick-jobs.ts'
import { createWaitingJobs } from './waiting-jobs.ts'

/** Decides which job the ticker looks at next, and when: after each tick, and again when something has changed. */
export interface JobAgenda {
  /** The due slots, highest priority first; at most `limit`. */
  takeDue(limit: number): readonly JobSlot[]
  /** Milliseconds until the next slot is due; `Infinity` when none will be. */
  untilNext(): number
  /** Whether another transaction held the row of the job when the ticker looked last. */
  isLocked(slot: JobSlot): boolean
  /** Sets when to look at each job of a tick next. */
  lookLater(ticked: Ticked): void
  /** Makes the ticker look at these jobs at once. */
  lookAgain(slots: Iterable<JobSlot>): void
  lookAgainAtAll(): void
  /** Takes over the jobs as they are in effect. The ticker looks at changed ones at once. */
  refresh(): void
  /** Notes that a run of this job has settled. Returns whether the ticker has to look at a job that waited for it. */
  runSettled(job: string): boolean
}

export function createJobAgenda<S extends object>(
  { configuration, outdated, logger }: Pick<InstanceContext<S>, 'configuration' | 'outdated' | 'logger'>,
  time: SchedulerTime,
): JobAgenda {
  const slots = createJobSlots(configuration.jobs)
  const locked = createLockedJobs(logger)
  const waiting = createWaitingJobs()
  let { revision } = configuration
  let { revision: outdatedRevision } = outdated

  function lookAgain(again: Iterable<JobSlot>): void {
    const now = time.read()
    for (const slot of again) slots.schedule(slot, now[slot.timeline])
  }

  function refresh(): void {
    const isOthers = outdated.revision !== outdatedRevision
    outdatedRevision = outdated.revision
    if (isOthers) lookAgain(slots.all)
    if (configuration.revision === revision) return
    revision = configuration.revision
    lookAgain(slots.refresh())
  }

  return {
    takeDue: (limit) => slots.takeDue(time.read(), limit),
    untilNext: () => slots.untilNext(time.read()),
    isLocked: locked.has,
    lookLater({ now, planned, free, locked: passedOver, unknown }) {
      for (const slot of unknown) {
        // Somebody has deleted or damaged the job's row. The job goes on once the row is repaired.
        logger.error({ job: slot.job.name }, UNKNOWN)
        slots.schedule(slot, now[slot.timeline] + INACTIVE_MS)
      }
      for (const slot of free) locked.found(slot)
      for (const slot of passedOver) slots.schedule(slot, now[slot.timeline] + locked.passedOver(slot))
      for (const { slot, plan, starves, timeline, wakeAt } of planned) {
        waiting.hold(slot, plan.hold)
        if (starves) waiting.starve(slot)
        slots.schedule(slot, wakeAt, timeline)
      }
    },
    lookAgain,
    lookAgainAtAll() {
      refresh()
      lookAgain(slots.all)
    },
    refresh,
    runSettled(job) {
      const woken = waiting.takeWoken(job)
      if (woken.length > 0) lookAgain(woken)
      return woken.length > 0
    },
  }
}

const UNKNOWN = 'The store has no readable row for a job that is due; the scheduler looks for it again'
