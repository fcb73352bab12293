import type { Schedule } from './schedule.ts'

/** Whether two schedules were written alike, so that their due times are the same. Cheap, for the case that they were. */
export function haveSameDueTimes(a: Schedule, b: Schedule): boolean {
  if (a === b) return true
  switch (a.kind) {
    case 'every':
      return b.kind === 'every' && a.periodMs === b.periodMs && a.anchorAt === b.anchorAt
    case 'cron':
      return b.kind === 'cron' && a.pattern === b.pattern && a.timezone === b.timezone
    case 'once':
      return b.kind === 'once' && a.at === b.at
    case 'on-demand':
      return b.kind === 'on-demand'
  }
}
