import { toIso } from '../../clock.ts'
import type { DueRunView, DueTimeView } from '../../contract/due-time-list.ts'
import type { DueTime } from '../../plan/due-times.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import { isoOrNull } from './job-view.ts'
import { startOf } from './run-view.ts'

export function toDueTimeView(due: DueTime): DueTimeView {
  const base = { due_at: toIso(due.dueAt), later: due.later.map(toDueRunView) }
  switch (due.kind) {
    case 'recorded':
      return { ...base, ...toRecordedView(due.entry, due.calendar) }
    case 'pending':
      return { fate: 'pending', ...base, starts_at: toIso(due.startsAt) }
    case 'foreseen': {
      const { fate, startsAt, calendar } = due.foreseen
      return { fate: 'foreseen', ...base, foreseen: fate, starts_at: isoOrNull(startsAt), calendar: calendar ?? null }
    }
    case 'unknown':
      return due.reason === 'unexplained'
        ? { fate: 'unexplained', ...base }
        : { fate: 'unknown', ...base, reason: due.reason }
  }
}

function toRecordedView(entry: LedgerEntry, calendar: string | null) {
  if (entry.kind === 'run') return { fate: 'run', run: toDueRunView(entry) } as const
  const { state, reason } = entry
  const decided = { decided_at: toIso(entry.settledAt) }
  if (state !== 'skipped') return { fate: state, ...decided }
  return reason === 'excluded'
    ? ({ fate: 'excluded', ...decided, calendar } as const)
    : ({ fate: 'skipped', ...decided, reason } as const)
}

function toDueRunView(run: Run): DueRunView {
  return {
    id: run.id,
    trigger: run.trigger,
    state: run.state,
    queued_at: isoOrNull(run.queuedAt),
    started_at: startOf(run),
    settled_at: isoOrNull(run.settledAt),
    attempt: run.attempt,
    queue_wait_ms: run.queueWaitMs,
    lateness_ms: run.latenessMs,
    duration_ms: run.durationMs,
  }
}
