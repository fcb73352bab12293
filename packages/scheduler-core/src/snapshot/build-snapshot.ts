import type { EpochMs } from '../clock.ts'
import type { JobAbout } from '../job/about.ts'
import type { DescribedJob } from '../job/job.ts'
import { coveredUntil } from '../plan/covered-until.ts'
import { effectiveDesired, inactiveSpans, pauseOf } from '../plan/inactive.ts'
import { nextRunAt } from '../plan/next-run.ts'
import { overdueAllowedMs, overdueSince } from '../plan/overdue.ts'
import type { JobMeasures, StoreMeasures } from '../ports/measures.ts'
import type { ProviderAttribute, ProviderCondition, ProviderDescription } from '../ports/providers.ts'
import type { InstanceReading } from '../reading/instance-reading.ts'
import type {
  JobReading,
  ObservedState,
  ProviderReading,
  SchedulerReading,
  SchedulerSnapshot,
  UptimeReading,
} from '../reading/snapshot.ts'
import { numberOf, reasonsIn } from '../reading/time-zone-data.ts'
import { addTallies, CALL_FACTS, EMPTY_CALL_TALLY, EMPTY_RUN_TALLY } from '../run/counters.ts'
import type { WindowId } from '../run/windows.ts'
import { deepFreeze } from './deep-freeze.ts'
import { createIntervals } from './intervals.ts'
import { judgeJob } from './judge-job.ts'
import { readCounts } from './read-counts.ts'
import { type InstanceHost, readInstances } from './read-instances.ts'
import { byWindow, sumFuture, sumPast, sumRunTallies } from './sum-jobs.ts'

export interface SnapshotInput {
  readonly id: string
  readonly asOf: EpochMs
  readonly name: string
  readonly state: ObservedState
  /** Machine codes of this instance's problems. */
  readonly reasons: readonly string[]
  /** The version of this process's time zone data. */
  readonly timeZoneData: string | null
  readonly abandoned: SchedulerReading['abandoned']
  readonly uptime: UptimeReading
  readonly concurrency: number
  readonly jobs: readonly ConfiguredJob[]
  /** The job as it was defined last, for those that are measured and not among `jobs`. */
  readonly retiredAs: (job: string) => ConfiguredJob
  readonly providers: readonly ProviderDescription[]
  readonly providerConditions: readonly ProviderCondition[]
  readonly providerAttributes?: readonly ProviderAttribute[] | undefined
  readonly windowsMs: SchedulerSnapshot['windowsMs']
  readonly measures: StoreMeasures
  /** The readings that only the process that takes the snapshot knows. */
  readonly host: HostReadings
}

export interface HostReadings
  extends InstanceHost,
    Pick<SchedulerSnapshot, 'definitionsVersion' | 'feeds' | 'process' | 'store' | 'sessions' | 'custom'> {}

/** A job as it is in effect, with its defaults and its override. */
export interface ConfiguredJob extends Pick<JobReading, 'policies' | 'defaults' | 'override'> {
  readonly job: Pick<DescribedJob, 'name' | 'schedule' | 'exclude' | 'jitterMs' | 'takes' | keyof JobAbout>
}

/** Builds the read model from the store's measures and this instance's readings. Pure; the result is deep-frozen. */
export function buildSnapshot(input: SnapshotInput): SchedulerSnapshot {
  const { measures, windowsMs, host, providerConditions, providerAttributes } = input
  const jobs = readJobs(input)
  const retired = readRetired(input)
  const providers = readProviders(input)
  // Jobs that are no longer defined stay in the sums, so that a lifetime total never shrinks.
  const jobTallies = measures.jobs.map((job) => windowed(job))
  const callTallies = measures.providers.map((provider) => windowed(provider))
  const { feeds } = host
  const instances = readInstances(input)
  return deepFreeze({
    id: input.id,
    asOf: input.asOf,
    scheduler: readScheduler(input, jobs, instances),
    jobs,
    retired,
    providers,
    providerConditions,
    ...(providerAttributes && { providerAttributes }),
    totals: sumRunTallies(jobTallies),
    callTotals: byWindow((window) =>
      addTallies(
        CALL_FACTS,
        callTallies.map((tallies) => tallies[window]),
      ),
    ),
    windowsMs,
    definitionsVersion: host.definitionsVersion,
    feeds,
    instances,
    counts: readCounts({ jobs, retired, providers, instances, feeds }),
    process: host.process,
    store: host.store,
    sessions: host.sessions,
    custom: host.custom,
  })
}

function readScheduler(
  input: SnapshotInput,
  jobs: readonly JobReading[],
  instances: readonly InstanceReading[],
): SchedulerSnapshot['scheduler'] {
  const { control, since, jobs: measured } = input.measures
  return {
    name: input.name,
    state: input.state,
    desired: control.desired,
    asked: { by: control.by, why: control.why, at: control.at },
    pausedUntil: control.pausedUntil,
    controlVersion: control.version,
    ...input.uptime,
    since,
    ...sumPast(measured),
    ...sumFuture(jobs, input.state),
    concurrency: input.concurrency === Infinity ? null : input.concurrency,
    timeZoneDataNumber: numberOf(input.timeZoneData),
    reasons: [...input.reasons, ...reasonsIn(instances.filter(({ role }) => role === 'worker'))],
    abandoned: input.abandoned,
    abandonedHandlers: input.abandoned.length,
  }
}

function readJobs({ name: scheduler, jobs, measures, asOf, state }: SnapshotInput): JobReading[] {
  const measured = new Map(measures.jobs.map((job) => [job.job, job]))
  const interval = createIntervals(asOf)
  const desired = effectiveDesired(measures.control, asOf)
  return jobs.map(({ job: defined, policies, defaults, override }) => {
    const { name, schedule, description, owner, tags, runbookUrl, takes } = defined
    const { latestStartAt, ...job } = measured.get(name) ?? unmeasured(name, asOf)
    const rule = { scheduler, job: defined, inactive: inactiveSpans(measures.control, name) }
    const paused = pauseOf(measures.control, name, asOf)
    const cursor = coveredUntil(schedule, job)
    const dueAt = overdueSince(rule, { ...job, cursor }, asOf)
    const reading = {
      name,
      description,
      owner,
      tags,
      runbookUrl,
      takes,
      schedule,
      intervalMs: interval(schedule),
      paused,
      pausedSince: paused?.at ?? null,
      running: job.running,
      lastRunAt: job.lastRunAt,
      lastSuccessAt: job.lastSuccessAt,
      lastFailureAt: job.lastFailureAt,
      nextRunAt: state === 'stopped' ? null : nextRunAt(rule, cursor),
      overdueMs: dueAt === null ? 0 : Math.max(0, asOf - dueAt),
      overdueAllowedMs: overdueAllowedMs({ ...policies, jitterMs: defined.jitterMs }),
      consecutiveFailures: job.consecutiveFailures,
      lastOutcome: job.lastOutcome,
      lastErrorCode: job.lastErrorCode,
      policies,
      defaults,
      override,
      tallies: windowed(job),
      isRetired: false,
      retiredAt: null,
    }
    return { ...reading, conditions: judgeJob({ ...reading, latestStartAt }, { asOf, desired }) }
  })
}

/** The jobs that were measured and that nobody has any more, by name. Nothing is due of them. */
function readRetired(input: SnapshotInput): JobReading[] {
  const { retiredAs, measures } = input
  const listed = new Set(input.jobs.map(({ job }) => job.name))
  const left = measures.jobs.filter(({ job }) => !listed.has(job))
  return readJobs({ ...input, jobs: left.map(({ job }) => retiredAs(job)) })
    .map((reading, index) => ({
      ...reading,
      isRetired: true,
      retiredAt: left[index]?.retiredAt ?? null,
      nextRunAt: null,
      intervalMs: null,
      overdueMs: 0,
      conditions: [],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Described providers first, in their order; then those that were called and are no longer described. */
function readProviders({ providers, providerConditions, measures: { providers: measured } }: SnapshotInput) {
  const byName = new Map(measured.map((provider) => [provider.provider, provider]))
  return providers.map((description): ProviderReading => {
    const measures = byName.get(description.name)
    const tallies = measures ? windowed(measures) : byWindow(() => EMPTY_CALL_TALLY)
    const { quotaRemaining = null } = description
    const conditions = readConditions(description, providerConditions)
    return { ...description, quotaRemaining, conditions, lastSuccessAt: measures?.lastSuccessAt ?? null, tallies }
  })
}

/** Exactly the declared conditions: a word that the host did not declare never reaches a response. */
function readConditions({ conditions = {} }: ProviderDescription, declared: readonly ProviderCondition[]) {
  const stateOf = ({ name, states }: ProviderCondition) =>
    states.find((state) => Object.hasOwn(conditions, name) && conditions[name] === state) ?? null
  return Object.fromEntries(declared.map((condition) => [condition.name, stateOf(condition)]))
}

function unmeasured(job: string, cursor: EpochMs): JobMeasures {
  return {
    job,
    since: cursor,
    cursor,
    wall: null,
    retiredAt: null,
    running: 0,
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

function windowed<T>({
  lifetime,
  windows,
}: {
  readonly lifetime: T
  readonly windows: Readonly<Record<string, T>>
}): Record<WindowId, T> {
  return byWindow((window) => {
    const tally = window === 'lifetime' ? lifetime : windows[window]
    if (!tally) throw new TypeError(`The store did not measure the window ${window}.`)
    return tally
  })
}
