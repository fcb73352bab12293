import type { EpochMs } from '../clock.ts'
import { nextDueAt } from '../schedule/next-due.ts'
import { type FateRule, fateOf } from './fate-of.ts'
import { startedBy } from './start-of.ts'

/** A future due time and its outcome, unless an operator gives a command or the run before takes too long. */
export interface ForeseenDueTime {
  readonly dueAt: EpochMs
  /** The due time, or later with jitter; `null` when it will not run. */
  readonly startsAt: EpochMs | null
  readonly fate: 'run' | 'suppressed' | 'missed' | 'excluded'
  /** The calendar that excludes it; left out when none does. */
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

/** Predicts the outcome of one due time. */
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
