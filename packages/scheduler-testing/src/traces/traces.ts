import type { ProviderCall } from '@pm/scheduler-core'

import type { Trace } from './trace.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Due every minute; a trace begins on a full minute, so that its first due time is one minute in. */
const poll = {
  name: 'poll',
  schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 },
} as const

const none = { processed: 0, failed: 0, skipped: 0 } as const

/** Lives of a job whose rows and numbers were worked out by hand from the definitions. */
export const TRACES = [
  {
    name: 'success',
    story: 'Three runs succeed; the provider answers all six calls, one of them as fallback.',
    job: poll,
    attempts: [
      { outcome: 'succeeds', takesMs: 100, items: { processed: 2 }, calls: [call(100), call(200)] },
      { outcome: 'succeeds', takesMs: 200, items: { processed: 2 }, calls: [call(100), call(200)] },
      { outcome: 'succeeds', takesMs: 300, items: { processed: 2 }, calls: [call(100), call(200, { fallback: true })] },
    ],
    steps: [{ kind: 'pass', ms: 3 * MINUTE + 30 * SECOND }],
    rows: [
      ran(1, 'succeeded', { durationMs: 100, items: { ...none, processed: 2 } }),
      ran(2, 'succeeded', { durationMs: 200, items: { ...none, processed: 2 } }),
      ran(3, 'succeeded', { durationMs: 300, items: { ...none, processed: 2 } }),
    ],
    golden: {
      total_runs: 3,
      successful_runs: 3,
      failed_runs: 0,
      partial_runs: 0,
      attempts_total: 3,
      success_rate: 100,
      coverage_pct: 100,
      items_processed: 6,
      avg_duration_ms: 200,
      avg_lateness_ms: 0,
      provider_calls: 6,
      provider_served_as_fallback: 1,
      provider_success_rate: 100,
      avg_response_time_ms: 150,
      consecutive_failures: 0,
    },
  },
  {
    name: 'failure',
    story:
      'Two of three runs fail in the end, after one that succeeded; a call that got no answer is no response time.',
    job: poll,
    attempts: [
      { outcome: 'succeeds', calls: [call(40)] },
      { outcome: 'fails', calls: [call(5_000, { outcome: 'failed', answered: false })] },
      { outcome: 'fails', calls: [call(60, { outcome: 'rate_limited' })] },
    ],
    steps: [{ kind: 'pass', ms: 3 * MINUTE + 30 * SECOND }],
    rows: [ran(1, 'succeeded'), ran(2, 'failed'), ran(3, 'failed')],
    golden: {
      total_runs: 3,
      successful_runs: 1,
      failed_runs: 2,
      success_rate: 33.33,
      coverage_pct: 100,
      provider_calls: 3,
      provider_failed_calls: 1,
      provider_rate_limited_calls: 1,
      provider_success_rate: 50,
      avg_response_time_ms: 50,
      consecutive_failures: 2,
    },
  },
  {
    name: 'retry then success',
    story: 'The first attempt fails, the second succeeds: one run, two attempts, no failure.',
    job: { ...poll, retry: { maxAttempts: 2, backoffMs: 0 } },
    attempts: [
      { outcome: 'fails', takesMs: 100 },
      { outcome: 'succeeds', takesMs: 150, items: { processed: 1 } },
    ],
    steps: [{ kind: 'pass', ms: MINUTE + 30 * SECOND }],
    rows: [ran(1, 'succeeded', { durationMs: 250, attempt: 2, items: { ...none, processed: 1 } })],
    golden: {
      total_runs: 1,
      successful_runs: 1,
      failed_runs: 0,
      attempts_total: 2,
      success_rate: 100,
      items_processed: 1,
      avg_duration_ms: 250,
      consecutive_failures: 0,
    },
  },
  {
    name: 'partial',
    story: 'A run succeeds although two of its five items failed; the next one is whole.',
    job: poll,
    attempts: [
      { outcome: 'succeeds', items: { processed: 3, failed: 2 } },
      { outcome: 'succeeds', items: { processed: 4, skipped: 1 } },
    ],
    steps: [{ kind: 'pass', ms: 2 * MINUTE + 30 * SECOND }],
    rows: [
      ran(1, 'succeeded', { items: { processed: 3, failed: 2, skipped: 0 } }),
      ran(2, 'succeeded', { items: { processed: 4, failed: 0, skipped: 1 } }),
    ],
    golden: {
      total_runs: 2,
      successful_runs: 2,
      partial_runs: 1,
      success_rate: 100,
      items_processed: 7,
      items_failed: 2,
      items_skipped: 1,
    },
  },
  {
    name: 'skip',
    story: 'A calendar excludes the second of three due times.',
    job: { ...poll, exclude: [{ name: 'lunch', excludes: (at: number) => Math.floor(at / MINUTE) % 60 === 2 }] },
    attempts: [],
    steps: [{ kind: 'pass', ms: 3 * MINUTE + 30 * SECOND }],
    rows: [ran(1, 'succeeded'), unrun(2, 'skipped', { reason: 'excluded' }), ran(3, 'succeeded')],
    golden: { total_runs: 2, successful_runs: 2, skipped_runs: 1, missed_runs: 0, coverage_pct: 66.67 },
  },
  {
    name: 'overlap',
    story: 'A run of two and a half minutes: the two due times that meet it are skipped.',
    job: poll,
    attempts: [{ outcome: 'succeeds', takesMs: 150 * SECOND }],
    steps: [{ kind: 'pass', ms: 4 * MINUTE + 30 * SECOND }],
    rows: [
      ran(1, 'succeeded', { durationMs: 150 * SECOND }),
      unrun(2, 'skipped', { reason: 'overlap' }),
      unrun(3, 'skipped', { reason: 'overlap' }),
      ran(4, 'succeeded'),
    ],
    golden: {
      total_runs: 2,
      successful_runs: 2,
      skipped_runs: 2,
      success_rate: 100,
      coverage_pct: 50,
      avg_duration_ms: 75 * SECOND,
    },
  },
  {
    name: 'timeout',
    story: 'A handler that hangs and ignores its signal is settled at its timeout, and counts as failed.',
    job: { ...poll, timeoutMs: 10 * SECOND },
    attempts: [{ outcome: 'hangs' }],
    steps: [{ kind: 'pass', ms: 2 * MINUTE + 30 * SECOND }],
    rows: [ran(1, 'timed_out', { durationMs: 10 * SECOND }), ran(2, 'succeeded')],
    golden: { total_runs: 2, successful_runs: 1, failed_runs: 1, success_rate: 50, consecutive_failures: 0 },
  },
  {
    name: 'crash',
    story: 'The process dies in the middle of a run. Its successor finds the run when the lease is over.',
    job: poll,
    attempts: [{ outcome: 'hangs' }],
    steps: [
      { kind: 'pass', ms: MINUTE + SECOND },
      { kind: 'crash' },
      { kind: 'restart' },
      { kind: 'pass', ms: 50 * SECOND },
    ],
    rows: [{ ...ran(1, 'orphaned', { durationMs: null }), settledAt: 76 * SECOND }],
    golden: {
      total_runs: 1,
      successful_runs: 0,
      failed_runs: 1,
      success_rate: 0,
      consecutive_failures: 1,
      avg_duration_ms: null,
    },
  },
  {
    name: 'restart',
    story: 'A restart between two due times changes no number.',
    job: poll,
    attempts: [],
    steps: [{ kind: 'pass', ms: MINUTE + 10 * SECOND }, { kind: 'restart' }, { kind: 'pass', ms: MINUTE }],
    rows: [ran(1, 'succeeded'), ran(2, 'succeeded')],
    golden: { total_runs: 2, successful_runs: 2, missed_runs: 0, success_rate: 100, coverage_pct: 100 },
  },
  {
    name: 'pause',
    story: 'Two due times fall into a pause: suppressed, and no part of the coverage.',
    job: poll,
    attempts: [],
    steps: [
      { kind: 'pass', ms: MINUTE + 10 * SECOND },
      { kind: 'pause' },
      { kind: 'pass', ms: 2 * MINUTE },
      { kind: 'resume' },
      { kind: 'pass', ms: MINUTE },
    ],
    rows: [ran(1, 'succeeded'), unrun(2, 'suppressed'), unrun(3, 'suppressed'), ran(4, 'succeeded')],
    golden: { total_runs: 2, suppressed: 2, skipped_runs: 0, missed_runs: 0, coverage_pct: 100 },
  },
  {
    name: 'clock jump',
    story: 'The wall clock jumps ten minutes ahead: the latest due time runs 30 s late, those before it are missed.',
    job: poll,
    attempts: [],
    steps: [
      { kind: 'pass', ms: MINUTE + 10 * SECOND },
      { kind: 'jump-wall', ms: 10 * MINUTE },
      { kind: 'pass', ms: MINUTE },
    ],
    rows: [
      ran(1, 'succeeded'),
      { ...unrun(2, 'missed', { dueCount: 9 }), settledAt: 690 * SECOND },
      { ...ran(11, 'succeeded'), startedAt: 690 * SECOND, settledAt: 690 * SECOND },
      ran(12, 'succeeded'),
    ],
    golden: {
      total_runs: 3,
      successful_runs: 3,
      missed_runs: 9,
      success_rate: 100,
      coverage_pct: 25,
      avg_lateness_ms: 10 * SECOND,
    },
  },
] as const satisfies readonly Trace[]

export type TraceName = (typeof TRACES)[number]['name']

function call(durationMs: number, rest: Partial<ProviderCall> = {}): ProviderCall {
  return { provider: 'yahoo_finance', outcome: 'succeeded', answered: true, durationMs, ...rest }
}

/** A run of the due time in minute `n` that started on time and took `durationMs` (default 0). */
function ran(
  minute: number,
  state: 'succeeded' | 'failed' | 'timed_out' | 'orphaned',
  {
    durationMs = 0,
    attempt = 1,
    items = none,
  }: Partial<Pick<Trace['rows'][number], 'durationMs' | 'attempt' | 'items'>> = {},
) {
  const startedAt = minute * MINUTE
  return {
    scheduledFor: startedAt,
    state,
    startedAt,
    settledAt: startedAt + (durationMs ?? 0),
    attempt,
    durationMs,
    items,
  }
}

/** Due times from minute `n` that did not run, decided when the first of them was due. */
function unrun(
  minute: number,
  state: 'skipped' | 'suppressed' | 'missed',
  rest: Pick<Trace['rows'][number], 'reason' | 'dueCount'> = {},
) {
  return { scheduledFor: minute * MINUTE, state, settledAt: minute * MINUTE, dueCount: 1, ...rest }
}
