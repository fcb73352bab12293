import { toIso } from '../../clock.ts'
import type { LedgerEntryView, LedgerPageView, RunView, UnrunView } from '../../contract/run.ts'
import type { ResultPage } from '../../ports/pages.ts'
import { rounded } from '../../reading/units.ts'
import { isNeverTakenOver } from '../../run/begun-from-queue.ts'
import type { LedgerEntry, ProviderCalls, Run, UnrunRange } from '../../run/ledger-entry.ts'
import { toErrorView } from './error-view.ts'
import { isoOrNull } from './job-view.ts'
import type { LogUrlOf } from './log-urls.ts'

export function toLedgerPage({ items, nextCursor }: ResultPage<LedgerEntry>, logUrlOf: LogUrlOf): LedgerPageView {
  return { items: items.map((entry) => toEntryView(entry, logUrlOf)), next_cursor: nextCursor }
}

export function toEntryView(entry: LedgerEntry, logUrlOf: LogUrlOf): LedgerEntryView {
  return entry.kind === 'run' ? toRunView(entry, logUrlOf) : toUnrunView(entry)
}

export function toRunView(run: Run, logUrlOf: LogUrlOf): RunView {
  const view = withoutLog(run)
  return { ...view, log_url: logUrlOf(view) }
}

function withoutLog(run: Run): RunView {
  return {
    kind: 'run',
    id: run.id,
    job: run.job,
    trigger: run.trigger,
    state: run.state,
    scheduled_for: isoOrNull(run.scheduledFor),
    queued_at: isoOrNull(run.queuedAt),
    started_at: startOf(run),
    settled_at: isoOrNull(run.settledAt),
    instance: run.owner,
    attempt: run.attempt,
    waiting_for: waitOf(run),
    next_attempt_at: isoOrNull(run.nextAttemptAt),
    queue_wait_ms: run.queueWaitMs,
    lateness_ms: run.latenessMs,
    duration_ms: run.durationMs,
    cancel_requested: run.cancelRequested,
    items: { processed: run.items.processed, failed: run.items.failed, skipped: run.items.skipped },
    calls: run.calls.map(toCallsView),
    progress: run.progress && {
      done: rounded(run.progress.done),
      total: rounded(run.progress.total),
      at: toIso(run.progress.at),
    },
    error: run.error && toErrorView(run.error),
    log_url: null,
  }
}

/** When it began; `null` while it is queued, and when it was cancelled before a worker had it. */
export function startOf(run: Run): string | null {
  return isNeverTakenOver(run) ? null : toIso(run.startedAt)
}

/** A run that was released waits for an instance, also when its next attempt is still to come. */
function waitOf({ state, releasedAt, nextAttemptAt }: Run): RunView['waiting_for'] {
  if (state === 'queued') return 'worker'
  if (releasedAt !== null) return 'instance'
  return nextAttemptAt === null ? null : 'attempt'
}

function toUnrunView(range: UnrunRange): UnrunView {
  return {
    kind: 'unrun',
    id: range.id,
    job: range.job,
    state: range.state,
    reason: range.reason,
    scheduled_for: toIso(range.scheduledFor),
    through: toIso(range.through),
    due_count: range.dueCount,
    settled_at: toIso(range.settledAt),
  }
}

function toCallsView({ provider, tally }: ProviderCalls): RunView['calls'][number] {
  return {
    provider,
    calls: tally.calls,
    answered: tally.answered,
    succeeded: tally.succeeded,
    failed: tally.failed,
    rate_limited: tally.rate_limited,
    served_as_fallback: tally.served_as_fallback,
  }
}
