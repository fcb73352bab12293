import { parsePattern } from './cron-pattern.ts'
import type { CronSchedule } from './schedule.ts'
import type { Timetable } from './timetable.ts'
import { checkTimezone } from './zone.ts'
import { createZoneSpans, type ZoneSpans } from './zone-spans.ts'

/**
 * Checks a cron schedule and stores its timetable in it under a symbol, so that copies, JSON and logs leave the
 * timetable out.
 */
export function compileCron(
  { pattern, timezone }: Pick<CronSchedule, 'pattern' | 'timezone'>,
  paths: { readonly pattern: string; readonly timezone: string },
): CronSchedule {
  const parsed = parsePattern(pattern, paths.pattern)
  const zone = createZoneSpans(checkTimezone(timezone, paths.timezone))
  return withTimetable({ kind: 'cron', pattern: parsed.text, timezone }, { pattern: parsed, zone })
}

/**
 * The timetable of a schedule. A schedule that was copied or came from JSON has lost its timetable; it is computed
 * again.
 */
export function timetableOf(schedule: CronSchedule): Timetable {
  if (isCompiled(schedule)) return schedule[TIMETABLE]
  const compiled = compileCron(schedule, { pattern: 'schedule.pattern', timezone: 'schedule.timezone' })
  return isCompiled(compiled) ? compiled[TIMETABLE] : timetableOf(compiled)
}

/** The same schedule with zone offsets that it shares with other schedules. */
export function withZone(schedule: CronSchedule, zone: ZoneSpans): CronSchedule {
  const { kind, pattern, timezone } = schedule
  return withTimetable({ kind, pattern, timezone }, { pattern: timetableOf(schedule).pattern, zone })
}

/** Whether `cron` made the schedule in this process, so that it is checked and has its timetable. */
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
