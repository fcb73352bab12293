import type { EpochMs } from '../clock.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import { type FateRule, fateOf } from './fate-of.ts'
import { startedBy } from './start-of.ts'

/** A due time to come, and what becomes of it if nobody commands otherwise and no run before it takes too long. */
export interface ForeseenDueTime {
  readonly dueAt: EpochMs
  /** When its run starts: the due time, or later with jitter. `null` for what does not run. */
  readonly startsAt: EpochMs | null
  readonly fate: 'run' | 'suppressed' | 'missed' | 'excluded'
  /** The calendar that excludes it; given exactly then. */
  readonly calendar?: string
}

/** The next `n` due times that have not started by `now` and are not decided. Pure; fewer when the schedule ends before. */
export function preview(
  rule: FateRule,
  { now, cursor, n }: { readonly now: EpochMs; readonly cursor: EpochMs; readonly n: number },
): readonly ForeseenDueTime[] {
  const foreseen: ForeseenDueTime[] = []
  let due = nextDueAt(rule.job.schedule, Math.max(cursor, startedBy(now, rule)))
  while (due !== null && foreseen.length < n) {
    foreseen.push(foresee(due, rule))
    due = nextDueAt(rule.job.schedule, due)
  }
  return foreseen
}

/** What is to be expected of one due time. */
export function foresee(dueAt: EpochMs, rule: FateRule): ForeseenDueTime {
  const foreseen = fateOf(dueAt, rule)
  switch (foreseen.fate) {
    case 'run':
      return { dueAt, startsAt: foreseen.startsAt, fate: 'run' }
    case 'excluded':
      return { dueAt, startsAt: null, fate: 'excluded', calendar: foreseen.calendar }
    case 'missed':
    case 'suppressed':
      return { dueAt, startsAt: null, fate: foreseen.fate }
  }
}
