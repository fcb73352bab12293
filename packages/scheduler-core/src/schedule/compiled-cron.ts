import { parsePattern } from './cron-pattern.ts'
import type { CronSchedule } from './schedule.ts'
import type { Timetable } from './timetable.ts'
import { checkTimezone } from './zone.ts'
import { createZoneSpans, type ZoneSpans } from './zone-spans.ts'

/** Checks a cron schedule and makes one that carries its timetable where nothing that copies or prints sees it. */
export function compileCron(
  { pattern, timezone }: Pick<CronSchedule, 'pattern' | 'timezone'>,
  paths: { readonly pattern: string; readonly timezone: string },
): CronSchedule {
  const parsed = parsePattern(pattern, paths.pattern)
  const zone = createZoneSpans(checkTimezone(timezone, paths.timezone))
  return withTimetable({ kind: 'cron', pattern: parsed.text, timezone }, { pattern: parsed, zone })
}

/** The timetable that a schedule carries. One that was copied or came from JSON carries none: it is made anew. */
export function timetableOf(schedule: CronSchedule): Timetable {
  if (isCompiled(schedule)) return schedule[TIMETABLE]
  const compiled = compileCron(schedule, { pattern: 'schedule.pattern', timezone: 'schedule.timezone' })
  return isCompiled(compiled) ? compiled[TIMETABLE] : timetableOf(compiled)
}

/** The same schedule with the offsets of a zone that others use too. */
export function withZone(schedule: CronSchedule, zone: ZoneSpans): CronSchedule {
  const { kind, pattern, timezone } = schedule
  return withTimetable({ kind, pattern, timezone }, { pattern: timetableOf(schedule).pattern, zone })
}

/** Whether `cron` made it in this process: then it was checked, and carries its timetable. */
export function isCompiled(schedule: object): schedule is CompiledCron {
  return TIMETABLE in schedule
}

const TIMETABLE = Symbol('timetable')

interface CompiledCron extends CronSchedule {
  readonly [TIMETABLE]: Timetable
}

function withTimetable(schedule: CronSchedule, timetable: Timetable): CronSchedule {
  return Object.freeze(Object.defineProperty(schedule, TIMETABLE, { value: timetable }))
}
