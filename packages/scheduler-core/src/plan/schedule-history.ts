import type { EpochMs } from '../clock.ts'
import type { LogEntry } from '../control/control.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** A stretch of time in which a job had one schedule: its due times in `(after, upTo]`. */
export interface ScheduleEra {
  readonly after: EpochMs
  readonly upTo: EpochMs
  readonly schedule: Schedule
}

export interface ScheduleHistoryInput {
  readonly job: string
  /** The schedule in the code. */
  readonly own: Schedule
  /** The schedule in effect now. */
  readonly present: Schedule
  /** The control log, latest first, back to the start of the requested range. */
  readonly log: readonly LogEntry[]
}

/**
 * The schedules that a job had, oldest first. Only changes at run time are known; earlier schedules in the code are
 * not.
 */
export function scheduleHistory({ job, own, present, log }: ScheduleHistoryInput): readonly ScheduleEra[] {
  const eras: ScheduleEra[] = []
  let upTo = Infinity
  let schedule = present
  for (const entry of log) {
    const change = entry.job === job ? entry.changes.find(({ setting }) => setting === 'schedule') : undefined
    if (!change) continue
    eras.unshift({ after: entry.at, upTo, schedule })
    upTo = entry.at
    schedule = change.from === null ? own : readSchedule(change.from, own)
  }
  return [{ after: -Infinity, upTo, schedule }, ...eras]
}

function readSchedule(stored: unknown, otherwise: Schedule): Schedule {
  try {
    return parseSchedule(stored)
  } catch {
    return otherwise
  }
}
