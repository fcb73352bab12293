import type { PolicyOptions, PolicyTable, PolicyValues, Settable, Shown, ValueOf } from './policy.ts'
import { settable, shown } from './reach.ts'
import { duration, durationOrNull, name, wholeNumber, word } from './rows.ts'

// To add a policy, add it here and use it in its planner. The options of a job, the operators' settings, the routes,
// the snapshot, the OpenAPI documents and docs/reference/policies.md follow from this table. Editors show the comment
// over a policy at the field of a job; a test holds it to the `help` and the default below it.

/** The policies that decide, with the schedule, when and how a job runs. */
export const JOB_POLICIES = {
  /**
   * How long one attempt of a run may take: its signal then aborts. Where an attempt is left and the error is retryable, it
   * is tried again once the handler has returned; otherwise the run is settled as `timed_out`. The time that a run waits
   * between attempts does not count. Default 5 min; `null` for no limit.
   */
  timeoutMs: durationOrNull({
    help: 'How long one attempt of a run may take: its signal then aborts. Where an attempt is left and the error is retryable, it is tried again once the handler has returned; otherwise the run is settled as `timed_out`. The time that a run waits between attempts does not count.',
    min: 1,
    default: 300_000,
    nullMeans: 'no limit',
    reach: 'operators',
  }),
  /**
   * How long all attempts of a run may take together with the waits between them: the run is then settled as `timed_out`.
   * The time in which a pause holds the next attempt back, or in which no instance has the run, does not count. Default
   * what the attempts and their waits can take; `null` for what the attempts and their waits can take.
   */
  runTimeoutMs: durationOrNull({
    help: 'How long all attempts of a run may take together with the waits between them: the run is then settled as `timed_out`. The time in which a pause holds the next attempt back, or in which no instance has the run, does not count.',
    min: 1,
    default: null,
    nullMeans: 'what the attempts and their waits can take',
    reach: 'operators',
  }),
  /** How late a due time may still start. Default one period, at most 1 h. */
  misfireGraceMs: duration({
    help: 'How late a due time may still start.',
    default: { onePeriodAtMostMs: 3_600_000 },
    reach: 'operators',
  }),
  /** What to do with due times that could not start in time but are still within the grace. Default `run-latest`. */
  misfirePolicy: word({
    help: 'What to do with due times that could not start in time but are still within the grace.',
    words: {
      'run-latest': 'runs the latest of them, and records the others as missed',
      skip: 'runs none of them',
      'run-all': 'runs them one after the other, at most the last 100',
    },
    default: 'run-latest',
    reach: 'operators',
  }),
  /** What to do with a due time while the previous run of the job is still going. Default `skip`. */
  overlapPolicy: word({
    help: 'What to do with a due time while the previous run of the job is still going.',
    words: {
      skip: 'records it as skipped',
      'buffer-one': 'lets the latest one wait until that run has ended',
      'cancel-running': 'cancels that run, then starts',
      allow: 'starts beside that run',
    },
    default: 'skip',
    reach: 'operators',
  }),
  /** What to do with a run whose process died, or that a shutdown broke off. Default `fail`. */
  onOrphan: word({
    help: 'What to do with a run whose process died, or that a shutdown broke off.',
    words: {
      fail: 'leaves it as it is: the job runs at most once',
      rerun:
        'runs it again, up to `retry.maxAttempts` attempts, once the job and the scheduler are neither paused nor stopped: the job runs at least once',
    },
    default: 'fail',
    reach: 'readers',
  }),
  /** Where jobs compete for concurrency, the higher goes first. Default 0. */
  priority: wholeNumber({
    help: 'Where jobs compete for concurrency, the higher goes first.',
    min: -1_000,
    max: 1_000,
    default: 0,
    reach: 'operators',
  }),
  /**
   * Where an engine carries runs to workers: the queue of the job's runs. Workers consume the queues of their jobs, so jobs
   * that are deployed together share one. Default `default`.
   */
  queue: name({
    help: "Where an engine carries runs to workers: the queue of the job's runs. Workers consume the queues of their jobs, so jobs that are deployed together share one.",
    default: 'default',
    reach: 'readers',
  }),
  /**
   * Each due time starts up to this much later, so that many jobs that are due at one moment are pulled apart. The delay
   * is another for each due time, the same on every instance, and never reaches the next due time. `misfireGraceMs` counts
   * from the delayed start, lateness from the due time. Default 0 ms.
   */
  jitterMs: duration({
    help: 'Each due time starts up to this much later, so that many jobs that are due at one moment are pulled apart. The delay is another for each due time, the same on every instance, and never reaches the next due time. `misfireGraceMs` counts from the delayed start, lateness from the due time.',
    default: 0,
    reach: 'code',
  }),
} as const satisfies PolicyTable

/** The policies of a job, as its options have them. */
export interface PartialJobPolicies extends PolicyOptions<typeof JOB_POLICIES> {}

/** The policies of a checked job, with every default filled in. */
export interface CheckedJobPolicies extends PolicyValues<typeof JOB_POLICIES> {}

/** How often and when a failed attempt of a run is tried again: `retry` of a job. */
export const RETRY_POLICIES = {
  /** Attempts in all, the first one included. Default 1 attempt. */
  maxAttempts: wholeNumber({
    help: 'Attempts in all, the first one included.',
    unit: 'attempts',
    min: 1,
    max: 1_000,
    default: 1,
    reach: 'operators',
  }),
  /**
   * The wait before the second attempt. It doubles with each further one, and up to half of each is taken off at random.
   * Default 1 s.
   */
  backoffMs: duration({
    help: 'The wait before the second attempt. It doubles with each further one, and up to half of each is taken off at random.',
    default: 1_000,
    reach: 'operators',
  }),
  /** The longest wait between two attempts. Default 1 min. */
  maxBackoffMs: duration({ help: 'The longest wait between two attempts.', default: 60_000, reach: 'operators' }),
} as const satisfies PolicyTable

/** The policies of `retry`, as a job's options have them. */
export interface PartialRetryPolicies extends PolicyOptions<typeof RETRY_POLICIES> {}

/** The policies that readers see. */
export const SHOWN: {
  readonly job: Shown<typeof JOB_POLICIES>
  readonly retry: Shown<typeof RETRY_POLICIES>
} = { job: shown(JOB_POLICIES), retry: shown(RETRY_POLICIES) }

/** The policies that operators can set at run time. */
export const SETTABLE: {
  readonly job: Settable<typeof JOB_POLICIES>
  readonly retry: Settable<typeof RETRY_POLICIES>
} = { job: settable(JOB_POLICIES), retry: settable(RETRY_POLICIES) }

// The table above explains each word.
export type MisfirePolicy = ValueOf<(typeof JOB_POLICIES)['misfirePolicy']>
export type OverlapPolicy = ValueOf<(typeof JOB_POLICIES)['overlapPolicy']>
export type OrphanPolicy = ValueOf<(typeof JOB_POLICIES)['onOrphan']>
