import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import { hasPauses } from '../control/pauses.ts'
import type { JobAbout } from '../job/about.ts'
import type { DescribedJob } from '../job/job.ts'
import { coveredUntil } from '../plan/covered-until.ts'
import { effectiveDesired, inactiveSpansOf, pauseOf } from '../plan/inactive.ts'
import { nextRunAt } from '../plan/next-run.ts'
import { overdueAllowedMs, overdueSince } from '../plan/overdue.ts'
import type { JobMeasures } from '../ports/measures.ts'
import { lazyProperties } from '../reading/lazy-properties.ts'
import type { JobReading, ObservedState } from '../reading/snapshot.ts'
import { EMPTY_RUN_TALLY } from '../run/counters.ts'
import { deepFreeze } from './deep-freeze.ts'
import { createIntervals } from './intervals.ts'
import { isQueueStalled, judgeJob, lacksWorker } from './judge-job.ts'
import { ageOf, windowed } from './sum-jobs.ts'

/** A job as it is in effect, with its defaults and its override. The parts of `job` are deep-frozen. */
export interface ConfiguredJob extends Pick<JobReading, 'policies' | 'defaults' | 'override'> {
  readonly job: Pick<DescribedJob, 'name' | 'schedule' | 'exclude' | 'jitterMs' | 'takes' | keyof JobAbout>
}

/** What the readings of all jobs have in common. */
export interface JobsAround {
  /** The name of the scheduler. */
  readonly name: string
  readonly asOf: EpochMs
  readonly state: ObservedState
  /** After how long a queued run is handed over again. */
  readonly queueTimeoutMs: number
  readonly control: ControlState
}

/** Reads jobs from what was measured of them. The answers are deep-frozen. */
export interface JobReader {
  /** A defined job, also one that was not measured yet. */
  readonly read: (job: ConfiguredJob, measured: JobMeasures | undefined) => JobReading
  /** A job that nobody has any more: nothing is due of it, and nothing is wrong with it but runs that are still queued. */
  readonly readRetired: (job: ConfiguredJob, measured: JobMeasures) => JobReading
}

export function createJobReader({ name: scheduler, asOf, state, queueTimeoutMs, control }: JobsAround): JobReader {
  const intervalOf = createIntervals(asOf)
  const desired = effectiveDesired(control, asOf)
  const inactiveOf = inactiveSpansOf(control)
  const mayBePaused = hasPauses(control)

  function timesOf({ job }: ConfiguredJob, measures: JobMeasures): Times {
    const { schedule } = job
    const { lastSuccessAt, unmet, runningDueAt } = measures
    const rule = { scheduler, job, inactive: inactiveOf(job.name) }
    const cursor = coveredUntil(schedule, measures)
    const dueAt = overdueSince(rule, { cursor, lastSuccessAt, unmet, runningDueAt }, asOf)
    return {
      intervalMs: intervalOf(schedule),
      nextRunAt: state === 'stopped' ? null : nextRunAt(rule, cursor),
      overdueMs: dueAt === null ? 0 : Math.max(0, asOf - dueAt),
    }
  }

  function toReading(configured: ConfiguredJob, measures: JobMeasures, judged: Judged): Unfrozen {
    const { job, policies, defaults, override } = configured
    const { misfireGraceMs, timeoutMs } = policies
    const { name, description, owner, tags, runbookUrl, takes, schedule, jitterMs } = job
    const past = pastOf(measures, asOf)
    const { intervalMs, nextRunAt: runsAt, overdueMs, isRetired, retiredAt } = judged
    const paused = mayBePaused ? pauseOf(control, name, asOf) : null
    for (const part of [paused, override]) deepFreeze(part)
    const reading = {
      name,
      description,
      owner,
      tags,
      runbookUrl,
      takes,
      schedule,
      intervalMs,
      paused,
      pausedSince: paused?.at ?? null,
      ...past,
      nextRunAt: runsAt,
      overdueMs,
      overdueAllowedMs: overdueAllowedMs({ misfireGraceMs, timeoutMs, jitterMs }),
      policies,
      defaults,
      override,
      isQueueStalled: isQueueStalled({ paused, oldestQueuedMs: past.oldestQueuedMs }, { desired, queueTimeoutMs }),
      conditions: NONE,
      isRetired,
      retiredAt,
    }
    return withLazyTallies(reading, { tallies: () => deepFreeze(windowed(measures)) })
  }

  return {
    read(configured, measured) {
      const measures = measured ?? unmeasured(configured.job.name, asOf)
      const reading = toReading(configured, measures, { ...timesOf(configured, measures), ...DEFINED })
      const around = { asOf, desired, latestStartAt: measures.latestStartAt }
      reading.conditions = Object.freeze(judgeJob(reading, around))
      return Object.freeze(reading)
    },
    readRetired(configured, measures) {
      const reading = toReading(configured, measures, { ...NOT_DUE, isRetired: true, retiredAt: measures.retiredAt })
      if (lacksWorker(reading, desired)) reading.conditions = NO_WORKER
      return Object.freeze(reading)
    },
  }
}

/** What became of its runs so far, as it was measured. */
function pastOf(measures: JobMeasures, asOf: EpochMs) {
  const { running, queued, oldestQueuedAt, workers, lastRunAt, lastSuccessAt, lastFailureAt } = measures
  const { consecutiveFailures, lastOutcome, lastErrorCode } = measures
  const ended = { lastRunAt, lastSuccessAt, lastFailureAt, consecutiveFailures, lastOutcome, lastErrorCode }
  return { running, queued, oldestQueuedAt, oldestQueuedMs: ageOf(oldestQueuedAt, asOf), workers, ...ended }
}

type Times = Pick<JobReading, 'intervalMs' | 'nextRunAt' | 'overdueMs'>
type Judged = Times & Pick<JobReading, 'isRetired' | 'retiredAt'>
type Unfrozen = { -readonly [field in keyof JobReading]: JobReading[field] }

/** They are made when somebody looks at them: few of thousands of jobs are looked at. */
const withLazyTallies = lazyProperties('tallies')

const NONE: JobReading['conditions'] = Object.freeze([])
const NO_WORKER: JobReading['conditions'] = Object.freeze(['no_worker'])
const DEFINED = { isRetired: false, retiredAt: null } as const
const NOT_DUE = { intervalMs: null, nextRunAt: null, overdueMs: 0 } as const

function unmeasured(job: string, cursor: EpochMs): JobMeasures {
  return {
    job,
    since: cursor,
    cursor,
    wall: null,
    retiredAt: null,
    running: 0,
    queued: 0,
    oldestQueuedAt: null,
    workers: 0,
    latestStartAt: null,
    lifetime: EMPTY_RUN_TALLY,
    windows: { recent: EMPTY_RUN_TALLY, last_hour: EMPTY_RUN_TALLY },
    lastRunAt: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    lastOutcome: null,
    lastErrorCode: null,
    consecutiveFailures: 0,
    unmet: null,
    runningDueAt: null,
  }
}
