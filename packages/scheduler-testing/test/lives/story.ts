import { cron, every, type Schedule } from '@pm/scheduler-core'
import fc from 'fast-check'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

export const JOBS = ['poll', 'value', 'report'] as const
export type JobName = (typeof JOBS)[number]

/** What one release of the code says of a job. */
export interface ReleasedJob {
  readonly schedule: Schedule
  readonly misfirePolicy: 'run-latest' | 'skip' | 'run-all'
  readonly overlapPolicy: 'skip' | 'buffer-one' | 'cancel-running' | 'allow'
  readonly onOrphan: 'fail' | 'rerun'
  readonly maxAttempts: number
  readonly backoffMs: number
  readonly timeoutMs: number
}

/** The jobs of one release; a job that is left out is not in it. */
export type Release = Readonly<Partial<Record<JobName, ReleasedJob>>>

export type Step =
  | { readonly kind: 'open'; readonly release: number }
  | { readonly kind: 'close'; readonly which: number; readonly graceMs: number }
  | { readonly kind: 'kill'; readonly which: number }
  | { readonly kind: 'pause' | 'resume' | 'stop' | 'start'; readonly which: number }
  | {
      readonly kind: 'pause-job' | 'resume-job' | 'run-job' | 'cancel-run'
      readonly which: number
      readonly job: JobName
    }
  | { readonly kind: 'pass'; readonly ms: number }

/** What a handler does in one call. `hangs` ignores its signal, `obeys` rejects when it aborts. */
export interface Deed {
  readonly how: 'returns' | 'throws' | 'hangs' | 'obeys'
  readonly afterMs: number
  readonly items: number
}

/** A random life of one scheduler: releases, what happens to its processes, and what its handlers do in turn. */
export interface Story {
  readonly releases: readonly Release[]
  readonly steps: readonly Step[]
  readonly deeds: readonly Deed[]
}

const schedule = fc.constantFrom<Schedule>(
  every({ minutes: 1 }),
  every({ minutes: 7 }),
  cron('*/5 * * * *'),
  cron('0 * * * *'),
  cron('3 5 * * *'),
)

const releasedJob: fc.Arbitrary<ReleasedJob> = fc.record({
  schedule,
  misfirePolicy: fc.constantFrom('run-latest', 'skip', 'run-all'),
  overlapPolicy: fc.constantFrom('skip', 'buffer-one', 'cancel-running', 'allow'),
  onOrphan: fc.constantFrom('fail', 'rerun'),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  backoffMs: fc.constantFrom(5 * SECOND, MINUTE),
  timeoutMs: fc.constantFrom(30 * SECOND, 2 * MINUTE),
})

const release: fc.Arbitrary<Release> = fc
  .record({ poll: releasedJob, value: releasedJob, report: releasedJob }, { requiredKeys: [] })
  .filter((jobs) => Object.keys(jobs).length > 0)

const which = fc.integer({ min: 0, max: 2 })
const job = fc.constantFrom(...JOBS)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('open'), release: fc.integer({ min: 0, max: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('close'), which, graceMs: fc.constantFrom(0, 10 * SECOND, MINUTE) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill'), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'resume', 'stop', 'start', 'start'), which }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause-job', 'resume-job', 'run-job', 'run-job', 'cancel-run'),
      which,
      job,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: 0, max: 10 * MINUTE }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.integer({ min: HOUR, max: 3 * HOUR }) }) },
)

const deed: fc.Arbitrary<Deed> = fc.record({
  how: fc.constantFrom('returns', 'returns', 'returns', 'throws', 'throws', 'hangs', 'obeys'),
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90 * SECOND })),
  items: fc.integer({ min: 0, max: 9 }),
})

export const story: fc.Arbitrary<Story> = fc.record({
  releases: fc.array(release, { minLength: 3, maxLength: 3 }),
  steps: fc.array(step, { minLength: 4, maxLength: 24 }),
  deeds: fc.array(deed, { minLength: 1, maxLength: 40 }),
})
