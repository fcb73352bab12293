import { SchedulerError } from '../../errors.ts'
import type { JobData } from './job-data.ts'
import type { MemoryLimits, SchedulerData } from './scheduler-data.ts'
import { UndoLog } from './undo-log.ts'

/** The state of the whole backend, and the undo log of its changes. */
export class MemoryDatabase {
  readonly undoLog = new UndoLog()
  readonly schedulers = new Map<string, SchedulerData>()
  readonly #limits: MemoryLimits

  constructor(limits: MemoryLimits) {
    this.#limits = limits
  }

  /** @throws SCHEDULER_NOT_OPEN when nobody has registered the scheduler. */
  scheduler(name: string): SchedulerData {
    const data = this.schedulers.get(name)
    if (data === undefined) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler: name })
    return data
  }

  /** Packs the ledgers and frees removed rows, unless a reader may still need them. */
  compact(): void {
    if (!this.undoLog.isIdle) return
    for (const data of this.schedulers.values()) data.compact(this.#limits)
  }
}

/** @throws JOB_NOT_FOUND when the scheduler has no such job. */
export function jobIn(data: SchedulerData, job: string): JobData {
  const found = data.jobs.get(job)
  if (found === undefined) throw new SchedulerError('JOB_NOT_FOUND', { job })
  return found
}
