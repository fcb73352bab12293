import { percentileHelp, quotient, spread, sum } from './rows.ts'

const DURATION = 'the time from start to outcome of settled runs, on the monotonic clock'
const LATENESS = 'startedAt - scheduledFor, never negative, over settled runs that had a due time'
const QUEUE_WAIT = 'startedAt - queuedAt, never negative, over settled runs that a worker took over from a queue'

/**
 * The counts of runs and due times of a window, per job and over all jobs. The instant of settlement decides the
 * window.
 */
export const RUN_METRICS = {
  total_runs: {
    ...sum('run', 'runs', ['succeeded', 'failed', 'timed_out', 'orphaned', 'interrupted']),
    title: 'Total runs',
    help: 'Settled runs: successful_runs + failed_runs. Counted at the end of a run, not per attempt; cancelled runs are not in it.',
  },
  successful_runs: {
    ...sum('run', 'runs', ['succeeded']),
    title: 'Successful runs',
    help: 'Runs settled as succeeded.',
  },
  failed_runs: {
    ...sum('run', 'runs', ['failed', 'timed_out', 'orphaned', 'interrupted']),
    title: 'Failed runs',
    help: 'Runs settled as failed, timed_out, orphaned or interrupted: exactly the sum of failed_runs_error, failed_runs_timed_out, failed_runs_orphaned and interrupted_runs.',
  },
  failed_runs_error: {
    ...sum('run', 'runs', ['failed']),
    title: 'Runs that failed with an error',
    help: 'Runs settled as failed: the handler threw, with no attempt left.',
  },
  failed_runs_timed_out: {
    ...sum('run', 'runs', ['timed_out']),
    title: 'Runs that timed out',
    help: 'Runs settled as timed_out: they took longer than their timeout.',
  },
  failed_runs_orphaned: {
    ...sum('run', 'runs', ['orphaned']),
    title: 'Orphaned runs',
    help: 'Runs settled as orphaned: their process died and the sweep found them.',
  },
  interrupted_runs: {
    ...sum('run', 'runs', ['interrupted']),
    title: 'Interrupted runs',
    help: 'Runs settled as interrupted: a shutdown broke them off, and by the policy of their job nobody took them up again.',
  },
  cancelled_runs: {
    ...sum('run', 'runs', ['cancelled']),
    title: 'Cancelled runs',
    help: 'Runs ended by an operator or a newer run. Not in total_runs.',
  },
  partial_runs: {
    ...sum('run', 'runs', ['partial']),
    title: 'Partial runs',
    help: 'Succeeded runs in which some items failed.',
  },
  attempts_total: {
    ...sum('run', 'attempts', ['attempts']),
    title: 'Attempts',
    help: 'Calls of the handlers of settled runs: each attempt counts once, also where a crash or a shutdown came in between.',
  },
  success_rate: {
    ...quotient({
      kind: 'ratio',
      of: 'run',
      counts: 'runs',
      numerator: ['succeeded'],
      denominator: ['succeeded', 'failed', 'timed_out', 'orphaned', 'interrupted'],
    }),
    title: 'Success rate',
    help: 'successful_runs / total_runs in percent, two decimals, half up; exactly 100 only when nothing failed, exactly 0 only when nothing succeeded.',
  },
  started_due_times: {
    ...sum('run', 'due times', ['due_started']),
    title: 'Started due times',
    help: 'Due times whose run started and is settled.',
  },
  skipped_runs: {
    ...sum('run', 'due times', ['skipped_overlap', 'skipped_excluded']),
    title: 'Skipped due times',
    help: 'Due times deliberately not run: exactly the sum of skipped_runs_overlap and skipped_runs_excluded.',
  },
  skipped_runs_overlap: {
    ...sum('run', 'due times', ['skipped_overlap']),
    title: 'Due times skipped for an overlap',
    help: 'Due times not run because the run before was still going.',
  },
  skipped_runs_excluded: {
    ...sum('run', 'due times', ['skipped_excluded']),
    title: 'Excluded due times',
    help: 'Due times not run because a calendar excludes them.',
  },
  missed_runs: {
    ...sum('run', 'due times', ['missed']),
    title: 'Missed due times',
    help: 'Due times not run because nobody was there, or too late.',
  },
  suppressed: {
    ...sum('run', 'due times', ['suppressed']),
    title: 'Suppressed due times',
    help: 'Due times that fell into a pause.',
  },
  coverage_pct: {
    ...quotient({
      kind: 'ratio',
      of: 'run',
      counts: 'due times',
      numerator: ['due_started'],
      denominator: ['due_started', 'skipped_overlap', 'skipped_excluded', 'missed'],
    }),
    title: 'Coverage',
    help: 'Due times that started / due times not suppressed, in percent.',
  },
  items_processed: {
    ...sum('run', 'items', ['items_processed']),
    title: 'Items processed',
    help: 'Items that handlers reported as processed.',
  },
  items_failed: {
    ...sum('run', 'items', ['items_failed']),
    title: 'Items failed',
    help: 'Items that handlers reported as failed.',
  },
  items_skipped: {
    ...sum('run', 'items', ['items_skipped']),
    title: 'Items skipped',
    help: 'Items that handlers reported as skipped.',
  },
  avg_duration_ms: {
    ...quotient({
      kind: 'duration',
      of: 'run',
      counts: 'runs',
      numerator: ['duration_ms'],
      denominator: ['timed_runs'],
    }),
    title: 'Mean duration',
    help: `Mean of ${DURATION}; exact.`,
  },
  p50_duration_ms: {
    ...spread('run', 'duration_ms', 'p50'),
    title: 'Median duration',
    help: percentileHelp('p50', DURATION),
  },
  p95_duration_ms: {
    ...spread('run', 'duration_ms', 'p95'),
    title: '95th percentile of duration',
    help: percentileHelp('p95', DURATION),
  },
  p99_duration_ms: {
    ...spread('run', 'duration_ms', 'p99'),
    title: '99th percentile of duration',
    help: percentileHelp('p99', DURATION),
  },
  max_duration_ms: {
    ...spread('run', 'duration_ms', 'max'),
    title: 'Longest duration',
    help: `The greatest of ${DURATION}; exact.`,
  },
  avg_lateness_ms: {
    ...quotient({
      kind: 'duration',
      of: 'run',
      counts: 'runs',
      numerator: ['lateness_ms'],
      denominator: ['due_runs'],
    }),
    title: 'Mean lateness',
    help: `Mean of ${LATENESS}; exact.`,
  },
  p50_lateness_ms: {
    ...spread('run', 'lateness_ms', 'p50'),
    title: 'Median lateness',
    help: percentileHelp('p50', LATENESS),
  },
  p95_lateness_ms: {
    ...spread('run', 'lateness_ms', 'p95'),
    title: '95th percentile of lateness',
    help: percentileHelp('p95', LATENESS),
  },
  p99_lateness_ms: {
    ...spread('run', 'lateness_ms', 'p99'),
    title: '99th percentile of lateness',
    help: percentileHelp('p99', LATENESS),
  },
  max_lateness_ms: {
    ...spread('run', 'lateness_ms', 'max'),
    title: 'Longest lateness',
    help: `The greatest of ${LATENESS}; exact.`,
  },
  avg_queue_wait_ms: {
    ...quotient({
      kind: 'duration',
      of: 'run',
      counts: 'runs',
      numerator: ['queue_wait_ms'],
      denominator: ['queue_waits'],
    }),
    title: 'Mean wait in a queue',
    help: `Mean of ${QUEUE_WAIT}; exact.`,
  },
  p50_queue_wait_ms: {
    ...spread('run', 'queue_wait_ms', 'p50'),
    title: 'Median wait in a queue',
    help: percentileHelp('p50', QUEUE_WAIT),
  },
  p95_queue_wait_ms: {
    ...spread('run', 'queue_wait_ms', 'p95'),
    title: '95th percentile of the wait in a queue',
    help: percentileHelp('p95', QUEUE_WAIT),
  },
  p99_queue_wait_ms: {
    ...spread('run', 'queue_wait_ms', 'p99'),
    title: '99th percentile of the wait in a queue',
    help: percentileHelp('p99', QUEUE_WAIT),
  },
  max_queue_wait_ms: {
    ...spread('run', 'queue_wait_ms', 'max'),
    title: 'Longest wait in a queue',
    help: `The greatest of ${QUEUE_WAIT}; exact.`,
  },
} as const
