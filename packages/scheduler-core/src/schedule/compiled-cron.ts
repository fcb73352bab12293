import type { CronDialect } from './cron-dialect.ts'
import { parsePattern } from './cron-pattern.ts'
import { parseForeign } from './parse-foreign.ts'
import type { CronSchedule } from './schedule.ts'
import { createSharing } from './sharing.ts'
import type { Timetable } from './timetable.ts'
import { checkTimezone } from './zone.ts'
import { createZoneSpans, type ZoneSpans } from './zone-spans.ts'

/**
 * Checks a cron schedule and stores its timetable in it under a symbol, so that copies, JSON and logs leave the
 * timetable out. The same text in the same zone is parsed once and yields one object, until many others were parsed.
 */
export function compileCron(written: WrittenCron, paths: CronPaths): CronSchedule {
  const { pattern, timezone, dialect = '' } = written
  return shareSchedule(JSON.stringify([pattern, timezone, dialect]), () => parseCron(written, paths))
}

/** Parsing takes 20 us, and a parsed pattern a few hundred bytes. */
const shareSchedule = createSharing<CronSchedule>(1_000)

/** There are 600 zones, under all of their names. */
const shareZone = createSharing<ZoneSpans>(1_000)

function parseCron({ pattern, timezone, dialect }: WrittenCron, paths: CronPaths): CronSchedule {
  const parsed =
    dialect === undefined ? parsePattern(pattern, paths.pattern) : parseForeign(pattern, dialect, paths.pattern)
  const name = checkTimezone(timezone, paths.timezone)
  const zone = shareZone(name, () => createZoneSpans(name))
  return withTimetable({ kind: 'cron', pattern: parsed.text, timezone }, { pattern: parsed, zone })
}

/** Where errors find the parts. */
interface CronPaths {
  readonly pattern: string
  readonly timezone: string
}

/** A cron schedule as it is written; in another dialect, it is translated when it is compiled. */
interface WrittenCron extends Pick<CronSchedule, 'pattern' | 'timezone'> {
  readonly dialect?: CronDialect | undefined
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

/** Whether the schedule names times of the day, as opposed to every so many minutes or hours. */
export function hasFixedTime(schedule: CronSchedule): boolean {
  return timetableOf(schedule).pattern.fixedTime
}

/** Whether the schedule was compiled in this process, so that it has its timetable. */
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
