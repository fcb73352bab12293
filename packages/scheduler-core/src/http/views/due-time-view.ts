import { type EpochMs, toIso } from '../../clock.ts'
import type { AuditView, ExplanationView, ForeseenDueTimeView, JobAuditView } from '../../contract/due-times.ts'
import type { JobAudit } from '../../plan/audit.ts'
import type { DueTimeExplanation } from '../../plan/explain.ts'
import type { ForeseenDueTime } from '../../plan/preview.ts'
import { isoOrNull } from './job-view.ts'
import type { LogUrlOf } from './log-urls.ts'
import { toEntryView, toRunView } from './run-view.ts'

export function toForeseenView({ dueAt, startsAt, fate, calendar }: ForeseenDueTime): ForeseenDueTimeView {
  return { due_at: toIso(dueAt), starts_at: isoOrNull(startsAt), fate, calendar: calendar ?? null }
}

export function toExplanationView(explanation: DueTimeExplanation, logUrlOf: LogUrlOf): ExplanationView {
  const { job, text } = explanation
  const about = { job, at: toIso(explanation.at), text }
  switch (explanation.kind) {
    case 'not-due': {
      const { kind, previousDueAt, nextDueAt } = explanation
      return { kind, ...about, previous_due_at: isoOrNull(previousDueAt), next_due_at: isoOrNull(nextDueAt) }
    }
    case 'recorded': {
      const { kind, entry, later } = explanation
      const laterRuns = later.map((run) => toRunView(run, logUrlOf))
      return { kind, ...about, entry: toEntryView(entry, logUrlOf), later: laterRuns }
    }
    case 'pending':
      return { kind: explanation.kind, ...about, starts_at: toIso(explanation.startsAt) }
    case 'foreseen':
      return { kind: explanation.kind, ...about, foreseen: toForeseenView(explanation.foreseen) }
    case 'unknown':
      return { kind: explanation.kind, ...about, reason: explanation.reason }
    case 'not-defined': {
      const { kind, from, to } = explanation
      return { kind, ...about, from: toIso(from), to: isoOrNull(to) }
    }
  }
}

interface AuditedRange {
  readonly from: EpochMs
  readonly to: EpochMs
}

export function toAuditView({ from, to }: AuditedRange, audits: readonly JobAudit[]): AuditView {
  return {
    from: toIso(from),
    to: toIso(to),
    accounted: audits.every(({ unexplained, accountedTwice }) => unexplained.length === 0 && accountedTwice === 0),
    items: audits.map(toJobAuditView),
  }
}

function toJobAuditView(audit: JobAudit): JobAuditView {
  return {
    job: audit.job,
    from: toIso(audit.from),
    to: toIso(audit.to),
    limited_by: audit.limitedBy,
    expected: audit.expected,
    started: audit.started,
    skipped: audit.skipped,
    suppressed: audit.suppressed,
    missed: audit.missed,
    pending: audit.pending,
    unexplained: audit.unexplained.map(({ first, last, count }) => ({ first: toIso(first), last: toIso(last), count })),
    accounted_twice: audit.accountedTwice,
    off_schedule: audit.offSchedule,
    not_defined: audit.notDefined.map(({ from, to }) => ({ from: toIso(from), to: toIso(to) })),
    backfilled: audit.backfilled,
  }
}
