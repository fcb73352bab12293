import type { EpochMs } from '../clock.ts'
import { calendarExcluding, type ExcludingJob } from './exclusions.ts'
import type { InactiveSpan } from './inactive.ts'
import { type StartRule, startOf } from './start-of.ts'

/** The predicted outcome of an undecided due time, if nothing changes before. */
export type ForeseenFate =
  | { readonly fate: 'run'; readonly startsAt: EpochMs }
  | { readonly fate: 'suppressed' | 'missed'; readonly span: InactiveSpan }
  | { readonly fate: 'excluded'; readonly calendar: string; readonly excludedUntil: EpochMs | null }

export interface FateRule extends StartRule {
  readonly job: StartRule['job'] & ExcludingJob
  readonly inactive: readonly InactiveSpan[]
}

/** A calendar's exclusion goes before a pause or stop; a stop goes before a pause. */
export function fateOf(dueAt: EpochMs, rule: FateRule): ForeseenFate {
  const calendar = calendarExcluding(rule.job, dueAt)
  if (calendar) {
    return { fate: 'excluded', calendar: calendar.name, excludedUntil: calendar.excludedUntil?.(dueAt) ?? null }
  }
  const startsAt = startOf(dueAt, rule)
  const spans = rule.inactive.filter((span) => span.after < startsAt && startsAt <= span.upTo)
  const span = spans.find(({ as }) => as === 'missed') ?? spans[0]
  return span ? { fate: span.as, span } : { fate: 'run', startsAt }
}
