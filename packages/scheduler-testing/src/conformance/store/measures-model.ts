import type { EpochMs, LedgerEntry, Run } from '@pm/scheduler-core'
import {
  CALL_COUNTERS,
  type CallTally,
  type Distribution,
  histogramBucketOf,
  isOpenState,
  RUN_COUNTERS,
  type RunCounter,
  type RunTally,
} from '@pm/scheduler-core/store'

/** What a job's rows that were settled in `(after, upTo]` come to, recomputed in the plainest way there is. */
export function countRuns(entries: readonly LedgerEntry[], job: string, span: Span = EVER): RunTally {
  const counts = zeroes(RUN_COUNTERS)
  const durations: number[] = []
  const latenesses: number[] = []
  const waits: number[] = []
  for (const entry of entries) {
    if (entry.job !== job || !isIn(span, entry.settledAt)) continue
    if (entry.kind === 'unrun') {
      countUnrun(counts, entry)
      continue
    }
    countRun(counts, entry)
    if (entry.durationMs !== null) durations.push(histogramBucketOf(entry.durationMs), entry.durationMs)
    if (entry.latenessMs !== null) latenesses.push(histogramBucketOf(entry.latenessMs), entry.latenessMs)
    if (entry.queueWaitMs !== null) waits.push(histogramBucketOf(entry.queueWaitMs), entry.queueWaitMs)
  }
  return {
    ...counts,
    distributions: {
      duration_ms: spread(durations),
      lateness_ms: spread(latenesses),
      queue_wait_ms: spread(waits),
    },
  }
}

/** What the runs that were settled in `(after, upTo]` asked of a provider. */
export function countCalls(entries: readonly LedgerEntry[], provider: string, span: Span = EVER): CallTally {
  const counts = zeroes(CALL_COUNTERS)
  const answers: number[] = []
  for (const entry of entries) {
    if (entry.kind !== 'run' || !isIn(span, entry.settledAt)) continue
    for (const { provider: asked, tally } of entry.calls) {
      if (asked !== provider) continue
      for (const counter of CALL_COUNTERS) counts[counter] += tally[counter]
      answers.push(...pairsOf(tally.distributions.answered_ms))
    }
  }
  return { ...counts, distributions: { answered_ms: spread(answers) } }
}

/** A row keeps no single values: all of a bucket are told by the row's maximum. */
function pairsOf({ max, histogram }: Distribution): readonly number[] {
  const times = (at: number) => Array.from({ length: histogram[at + 1] ?? 0 })
  return histogram.flatMap((bucket, at) => (at % 2 === 0 ? times(at).flatMap(() => [bucket, max ?? 0]) : []))
}

/** Of pairs of a bucket and a value in it, or beyond it: the greatest value, and how often each bucket came. */
function spread(pairs: readonly number[]): Distribution {
  const buckets = pairs.filter((_, index) => index % 2 === 0).sort((a, b) => a - b)
  const values = pairs.filter((_, index) => index % 2 === 1)
  const histogram = [...new Set(buckets)].flatMap((bucket) => [
    bucket,
    buckets.filter((each) => each === bucket).length,
  ])
  return { max: values.length === 0 ? null : Math.max(...values), histogram }
}

export interface Span {
  readonly after: EpochMs
  readonly upTo: EpochMs
}

function countUnrun(counts: Record<RunCounter, number>, entry: LedgerEntry & { kind: 'unrun' }): void {
  if (entry.state === 'missed') counts.missed += entry.dueCount
  else if (entry.state === 'suppressed') counts.suppressed += entry.dueCount
  else if (entry.reason === 'overlap') counts.skipped_overlap += entry.dueCount
  else counts.skipped_excluded += entry.dueCount
}

function countRun(counts: Record<RunCounter, number>, run: Run): void {
  if (isOpenState(run.state)) return
  counts[run.state] += 1
  if (run.state === 'succeeded' && run.items.failed > 0) counts.partial += 1
  counts.attempts += run.attempt - run.earlierAttempts
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
  if (run.queueWaitMs !== null) {
    counts.queue_waits += 1
    counts.queue_wait_ms += run.queueWaitMs
  }
}

const EVER: Span = { after: Number.NEGATIVE_INFINITY, upTo: Number.POSITIVE_INFINITY }

function isIn(span: Span, instant: EpochMs | null): boolean {
  return instant !== null && instant > span.after && instant <= span.upTo
}

function zeroes<C extends string>(counters: readonly C[]): Record<C, number> {
  return Object.fromEntries(counters.map((counter) => [counter, 0])) as Record<C, number>
}
