import type { ScheduleView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../strings/index.ts'
import { cronInWords } from './cron-words.ts'
import { formatDuration } from './durations.ts'

/** A schedule as one would say it; a cron pattern that has no short words is said by itself. */
export function scheduleInWords(schedule: ScheduleView, formatAt: (at: string) => string): string {
  const words = strings.schedule
  if (schedule.kind === 'every') return words.every(formatDuration(schedule.period_ms))
  if (schedule.kind === 'once') return words.once(formatAt(schedule.at))
  if (schedule.kind === 'on-demand') return words.onDemand
  return words.zoned(cronInWords(schedule.pattern) ?? words.pattern(schedule.pattern), schedule.timezone)
}
