import type { MetricDefinition } from './definition.ts'

const everyone = ['admin', 'market-data'] as const
const admins = ['admin'] as const

/**
 * The one table of metrics. A number that any view shows is one of these, over one window; there is no second
 * definition anywhere.
 */
export const METRICS = {
  successful_runs: {
    ...runs('Successful runs', ['succeeded']),
    help: 'Runs settled as succeeded.',
  },
  failed_runs: {
    ...runs('Failed runs', ['failed', 'timed_out', 'orphaned']),
    help: 'Runs settled as failed, timed_out or orphaned.',
  },
  total_runs: {
    ...runs('Total runs', ['succeeded', 'failed', 'timed_out', 'orphaned']),
    help: 'Settled runs: successful_runs + failed_runs. Counted at the end of a run, not per attempt; cancelled runs are not in it.',
  },
  cancelled_runs: {
    ...runs('Cancelled runs', ['cancelled']),
    help: 'Runs ended by an operator, a drain or a newer run.',
  },
  partial_runs: { ...runs('Partial runs', ['partial']), help: 'Succeeded runs in which some items failed.' },
  attempts_total: {
    ...runs('Attempts', ['attempts']),
    unit: 'attempts',
    counts: 'attempts',
    help: 'Tries of settled runs.',
  },
  skipped_runs: {
    ...dueTimes('Skipped due times', ['skipped_overlap', 'skipped_excluded']),
    help: 'Due times deliberately not run.',
  },
  missed_runs: {
    ...dueTimes('Missed due times', ['missed']),
    help: 'Due times not run because nobody was there, or too late.',
  },
  suppressed: { ...dueTimes('Suppressed due times', ['suppressed']), help: 'Due times that fell into a pause.' },
  success_rate: {
    title: 'Success rate',
    kind: 'ratio',
    of: 'run',
    unit: 'percent',
    counts: 'runs',
    numerator: ['succeeded'],
    denominator: ['succeeded', 'failed', 'timed_out', 'orphaned'],
    emptyIs: null,
    resets: 'never',
    audience: everyone,
    sensitivity: 'public',
    help: 'successful_runs / total_runs in percent, two decimals, half up; exactly 100 only when nothing failed, exactly 0 only when nothing succeeded.',
  },
  coverage_pct: {
    title: 'Coverage',
    kind: 'ratio',
    of: 'run',
    unit: 'percent',
    counts: 'due times',
    numerator: ['due_started'],
    denominator: ['due_started', 'skipped_overlap', 'skipped_excluded', 'missed'],
    emptyIs: null,
    resets: 'never',
    audience: admins,
    sensitivity: 'public',
    help: 'Due times that started / due times not suppressed.',
  },
  items_processed: {
    ...items('Items processed', 'items_processed'),
    help: 'Items that handlers reported as processed.',
  },
  items_failed: { ...items('Items failed', 'items_failed'), help: 'Items that handlers reported as failed.' },
  items_skipped: { ...items('Items skipped', 'items_skipped'), help: 'Items that handlers reported as skipped.' },
  avg_duration_ms: {
    ...meanOf('Mean duration', 'run', ['duration_ms'], ['timed_runs']),
    counts: 'runs',
    help: 'Mean time from start to outcome of settled runs, on the monotonic clock.',
  },
  avg_lateness_ms: {
    ...meanOf('Mean lateness', 'run', ['lateness_ms'], ['due_runs']),
    counts: 'runs',
    help: 'Mean of startedAt - scheduledFor over settled runs that had a due time.',
  },
  provider_calls: { ...calls('Provider calls', ['calls']), help: 'Requests sent to providers.' },
  provider_failed_calls: {
    ...calls('Failed provider calls', ['failed']),
    help: 'Requests out of which no validated data came, rate limits apart.',
  },
  provider_rate_limited_calls: {
    ...calls('Rate-limited provider calls', ['rate_limited']),
    help: 'Requests that a provider refused for its quota.',
  },
  provider_served_as_fallback: {
    ...calls('Served as fallback', ['served_as_fallback']),
    help: 'Successes of a provider that was not the first asked.',
  },
  provider_success_rate: {
    title: 'Provider success rate',
    kind: 'ratio',
    of: 'call',
    unit: 'percent',
    counts: 'calls',
    numerator: ['succeeded'],
    denominator: ['calls'],
    emptyIs: null,
    resets: 'never',
    audience: everyone,
    sensitivity: 'public',
    help: 'Answers out of which validated data came / requests sent, in percent.',
  },
  avg_response_time_ms: {
    ...meanOf('Mean response time', 'call', ['answered_ms'], ['answered']),
    counts: 'calls',
    help: 'Mean duration of the provider calls that got an answer.',
  },
  running_runs: { ...gauge('Running runs', 'runs', 0), help: 'Runs under way, on every instance.' },
  consecutive_failures: {
    ...gauge('Consecutive failures', 'runs', 0),
    help: 'Length of the failing suffix of the settled runs.',
  },
  uptime_seconds: {
    ...gauge('Uptime', 'seconds', 0),
    resets: 'at start',
    help: 'Monotonic time since the current start until stop; a pause does not reset it; 0 when stopped.',
  },
  interval_minutes: {
    ...gauge('Interval', 'minutes', null),
    help: 'The period of the leading job; for cron the distance between its next two due times.',
  },
  last_run_at: { ...instant('Last run'), help: 'When the last run was settled.' },
  last_success_at: { ...instant('Last success'), help: 'When the last successful run was settled.' },
  last_failure_at: { ...instant('Last failure'), help: 'When the last failed run was settled.' },
  next_run_at: { ...instant('Next run'), help: 'The soonest due time that will run; null when nothing will.' },
} as const satisfies Record<string, MetricDefinition>

export type MetricId = keyof typeof METRICS

function runs<const N extends readonly string[]>(title: string, numerator: N) {
  return { ...counter('run', title, numerator), unit: 'runs', counts: 'runs' } as const
}

function dueTimes<const N extends readonly string[]>(title: string, numerator: N) {
  return { ...counter('run', title, numerator), unit: 'due times', counts: 'due times' } as const
}

function items<const C extends string>(title: string, one: C) {
  return { ...counter('run', title, [one] as const), unit: 'items', counts: 'items' } as const
}

function calls<const N extends readonly string[]>(title: string, numerator: N) {
  return { ...counter('call', title, numerator), unit: 'calls', counts: 'calls' } as const
}

function counter<const Of extends 'run' | 'call', const N extends readonly string[]>(
  of: Of,
  title: string,
  numerator: N,
) {
  return {
    title,
    kind: 'counter',
    of,
    numerator,
    emptyIs: 0,
    resets: 'never',
    audience: everyone,
    sensitivity: 'public',
  } as const
}

function meanOf<const Of extends 'run' | 'call', const N extends readonly string[], const D extends readonly string[]>(
  title: string,
  of: Of,
  numerator: N,
  denominator: D,
) {
  return { ...counter(of, title, numerator), kind: 'mean', denominator, unit: 'ms', emptyIs: null } as const
}

function gauge<const U extends 'runs' | 'seconds' | 'minutes', const E extends 0 | null>(
  title: string,
  unit: U,
  emptyIs: E,
) {
  return {
    title,
    kind: 'gauge',
    of: 'state',
    unit,
    counts: 'runs',
    emptyIs,
    resets: 'never',
    audience: everyone,
    sensitivity: 'public',
  } as const
}

function instant(title: string) {
  return {
    title,
    kind: 'timestamp',
    of: 'state',
    unit: 'instant',
    counts: 'runs',
    emptyIs: null,
    resets: 'never',
    audience: everyone,
    sensitivity: 'public',
  } as const
}
