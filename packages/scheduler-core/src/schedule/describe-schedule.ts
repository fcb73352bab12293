import { toIso } from '../clock.ts'
import type { EverySchedule, Schedule } from './schedule.ts'

/**
 * A schedule in words: `every 15 min`, `cron 30 2 * * * in Europe/Berlin`, `once at 2026-01-01T00:00:00.000Z`, `on demand`.
 */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'every':
      return `every ${describePeriod(schedule.periodMs)}${describeAnchor(schedule)}`
    case 'cron':
      return `cron ${schedule.pattern} in ${schedule.timezone}`
    case 'once':
      return `once at ${toIso(schedule.at)}`
    case 'on-demand':
      return 'on demand'
  }
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

function describePeriod(periodMs: number): string {
  const parts: string[] = []
  let rest = periodMs
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(rest / unitMs)
    rest -= count * unitMs
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.join(' ')
}

/** Empty for a grid that passes through the epoch. */
function describeAnchor({ periodMs, anchorAt }: EverySchedule): string {
  return anchorAt % periodMs === 0 ? '' : ` from ${toIso(anchorAt)}`
}
