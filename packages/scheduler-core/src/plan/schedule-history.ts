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
  /** As the code defines it. */
  readonly own: Schedule
  /** As it is now. */
  readonly present: Schedule
  /** The control log, latest first, as far back as is asked about. */
  readonly log: readonly LogEntry[]
}

/** Which schedules a job had, oldest first, as far as they were set at run time. What the code said before is not known. */
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
