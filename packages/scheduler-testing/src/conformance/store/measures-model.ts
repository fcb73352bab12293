import {
  CALL_COUNTERS,
  type CallCounter,
  type EpochMs,
  type LedgerEntry,
  RUN_COUNTERS,
  type Run,
  type RunCounter,
} from '@pm/scheduler-core'

/** Counters of one job or provider recomputed from rows, in the plainest way there is. */
export type Counts<C extends string> = Record<C, number>

/** What a job's rows that were settled in `(after, upTo]` come to. */
export function countRuns(entries: readonly LedgerEntry[], job: string, span: Span = EVER): Counts<RunCounter> {
  const counts = zeroes(RUN_COUNTERS)
  for (const entry of entries) {
    if (entry.job !== job || !isIn(span, entry.settledAt)) continue
    if (entry.kind === 'unrun') countUnrun(counts, entry)
    else countRun(counts, entry)
  }
  return counts
}

/** What the runs that were settled in `(after, upTo]` asked of a provider. */
export function countCalls(entries: readonly LedgerEntry[], provider: string, span: Span = EVER): Counts<CallCounter> {
  const counts = zeroes(CALL_COUNTERS)
  for (const entry of entries) {
    if (entry.kind !== 'run' || !isIn(span, entry.settledAt)) continue
    for (const calls of entry.calls) {
      if (calls.provider === provider) for (const counter of CALL_COUNTERS) counts[counter] += calls.tally[counter]
    }
  }
  return counts
}

export interface Span {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

function countUnrun(counts: Counts<RunCounter>, entry: LedgerEntry & { kind: 'unrun' }): void {
  if (entry.state === 'missed') counts.missed += entry.dueCount
  else if (entry.state === 'suppressed') counts.suppressed += entry.dueCount
  else if (entry.reason === 'overlap') counts.skipped_overlap += entry.dueCount
  else counts.skipped_excluded += entry.dueCount
}

function countRun(counts: Counts<RunCounter>, run: Run): void {
  if (run.state === 'running') return
  counts[run.state] += 1
  if (run.state === 'succeeded' && run.items.failed > 0) counts.partial += 1
  counts.attempts += run.attempt
  if (run.trigger === 'schedule') counts.due_started += 1
  counts.items_processed += run.items.processed
  counts.items_failed += run.items.failed
  counts.items_skipped += run.items.skipped
  if (run.durationMs !== null) {
    counts.timed_runs += 1
    counts.duration_ms += run.durationMs
  }
  if (run.latenessMs !== null) {
    counts.due_runs += 1
    counts.lateness_ms += run.latenessMs
  }
}

const EVER: Span = { after: Number.NEGATIVE_INFINITY, upTo: Number.POSITIVE_INFINITY }

function isIn(span: Span, instant: EpochMs | null): boolean {
  return instant !== null && instant > span.after && instant <= span.upTo
}

function zeroes<C extends string>(counters: readonly C[]): Counts<C> {
  return Object.fromEntries(counters.map((counter) => [counter, 0])) as Counts<C>
}
