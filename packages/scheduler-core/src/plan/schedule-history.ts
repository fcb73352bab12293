import type { LogEntry } from '../control/control.ts'
import { readDefinition } from '../job/definitions.ts'
import type { DefinitionSpan } from '../ports/definitions.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Stretch } from './uncovered.ts'

/** A stretch of time in which a job had one schedule: its due times in `(after, upTo]`. */
export interface ScheduleEra extends Stretch {
  /** `null`: no open instance had the job, and nothing was due. */
  readonly schedule: Schedule | null
}

export interface ScheduleHistoryInput {
  readonly job: string
  /** The schedule of a job that was never registered, and of a definition that cannot be read. */
  readonly otherwise: Schedule
  /** The definitions of the job, in the order in which they began. */
  readonly spans: readonly DefinitionSpan[]
  /** The schedule that was set at run time; `null` when the definition's is in effect. */
  readonly set: Schedule | null
  /** The control log, latest first, back to the start of the requested range. */
  readonly log: readonly LogEntry[]
}

/**
 * The schedules that a job had, oldest first, without a gap: by its definitions, and by what was set at run time over
 * them. What was before the first known definition has its schedule.
 */
export function scheduleHistory(input: ScheduleHistoryInput): readonly ScheduleEra[] {
  const settings = settingEras(input)
  return definitionEras(input).flatMap(({ after, upTo, schedule }): readonly ScheduleEra[] => {
    if (schedule === null) return [{ after, upTo, schedule }]
    return settings.flatMap((set) => {
      const [from, to] = [Math.max(after, set.after), Math.min(upTo, set.upTo)]
      return from < to ? [{ after: from, upTo: to, schedule: set.schedule ?? schedule }] : []
    })
  })
}

/** What was set at run time in each stretch; `null` where nothing was. */
function settingEras({ job, log, set, otherwise }: ScheduleHistoryInput): readonly ScheduleEra[] {
  const eras: ScheduleEra[] = []
  let upTo = Infinity
  let schedule = set
  for (const entry of log) {
    const change = entry.job === job ? entry.changes.find(({ setting }) => setting === 'schedule') : undefined
    if (!change) continue
    eras.unshift({ after: entry.at, upTo, schedule })
    upTo = entry.at
    schedule = change.from === null ? null : readSchedule(change.from, otherwise)
  }
  return [{ after: -Infinity, upTo, schedule }, ...eras]
}

function definitionEras({ spans, otherwise }: ScheduleHistoryInput): readonly ScheduleEra[] {
  const eras: ScheduleEra[] = []
  let reached = -Infinity
  for (const { since, until, definition } of spans) {
    const after = eras.length === 0 ? -Infinity : Math.max(since, reached)
    const upTo = until ?? Infinity
    if (upTo <= after) continue
    if (after > reached) eras.push({ after: reached, upTo: after, schedule: null })
    eras.push({ after, upTo, schedule: readDefinition(definition)?.schedule ?? otherwise })
    reached = upTo
  }
  if (eras.length === 0) return [{ after: -Infinity, upTo: Infinity, schedule: otherwise }]
  return reached === Infinity ? eras : [...eras, { after: reached, upTo: Infinity, schedule: null }]
}

function readSchedule(stored: unknown, otherwise: Schedule): Schedule {
  try {
    return parseSchedule(stored)
  } catch {
    return otherwise
  }
}
