import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import type { Job } from '../job/job.ts'
import { calendarExcluding } from '../plan/exclusions.ts'
import { inactiveSpans, pauseOf } from '../plan/inactive.ts'
import { nextRunAt } from '../plan/next-run.ts'
import type { JobMeasures, StoreMeasures } from '../ports/measures.ts'
import type { ProviderCondition, ProviderDescription } from '../ports/providers.ts'
import type {
  InstanceReading,
  JobReading,
  ObservedState,
  ProviderReading,
  SchedulerSnapshot,
  UptimeReading,
} from '../reading/snapshot.ts'
import { addTallies, CALL_FACTS, EMPTY_CALL_TALLY, EMPTY_RUN_TALLY, RUN_FACTS } from '../run/counters.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'
import { deepFreeze } from './deep-freeze.ts'
import { createDueAround } from './due-around.ts'
import { judgeJob } from './judge-job.ts'
import { readCounts } from './read-counts.ts'
import { type JudgedFeeds, readFeeds } from './read-feeds.ts'

export interface SnapshotInput {
  readonly id: string
  readonly asOf: EpochMs
  readonly name: string
  readonly state: ObservedState
  readonly reasons: readonly string[]
  readonly uptime: UptimeReading
  readonly concurrency: number
  readonly jobs: readonly ConfiguredJob[]
  readonly providers: readonly ProviderDescription[]
  readonly providerConditions: readonly ProviderCondition[]
  readonly windowsMs: SchedulerSnapshot['windowsMs']
  readonly measures: StoreMeasures
  /** The readings that only the process that takes the snapshot knows. */
  readonly host: HostReadings
}

export interface HostReadings
  extends Pick<SchedulerSnapshot, 'definitionsVersion' | 'process' | 'store' | 'sessions' | 'custom'> {
  readonly instance: InstanceId | null
  /** How old the last heartbeat of a live instance is at most. */
  readonly leaseMs: number
  readonly feeds: JudgedFeeds
}

/** A job as it is in effect, with its defaults and its override. */
export interface ConfiguredJob extends Pick<JobReading, 'policies' | 'defaults' | 'override'> {
  readonly job: Pick<Job, 'name' | 'schedule' | 'exclude' | 'jitterMs'>
}

/** Builds the read model from the store's measures and this instance's readings. Pure; the result is deep-frozen. */
export function buildSnapshot(input: SnapshotInput): SchedulerSnapshot {
  const { measures, windowsMs, host, providerConditions } = input
  const jobs = readJobs(input)
  const providers = readProviders(input)
  // Jobs that are no longer defined stay in the sums, so that a lifetime total never shrinks.
  const jobTallies = measures.jobs.map((job) => windowed(job))
  const callTallies = measures.providers.map((provider) => windowed(provider))
  const feeds = readFeeds(host.feeds, input.asOf)
  const instances = readInstances(input)
  return deepFreeze({
    id: input.id,
    asOf: input.asOf,
    scheduler: readScheduler(input, jobs),
    jobs,
    providers,
    providerConditions,
    totals: byWindow((window) =>
      addTallies(
        RUN_FACTS,
        jobTallies.map((tallies) => tallies[window]),
      ),
    ),
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
    counts: readCounts({ jobs, providers, instances, feeds }),
    process: host.process,
    store: host.store,
    sessions: host.sessions,
    custom: host.custom,
  })
}

function readScheduler(input: SnapshotInput, jobs: readonly JobReading[]): SchedulerSnapshot['scheduler'] {
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
    running: measured.reduce((sum, job) => sum + job.running, 0),
    lastRunAt: latest(measured.map((job) => job.lastRunAt)),
    lastSuccessAt: latest(measured.map((job) => job.lastSuccessAt)),
    lastFailureAt: latest(measured.map((job) => job.lastFailureAt)),
    nextRunAt: input.state === 'stopped' ? null : earliest(jobs.map((job) => job.nextRunAt)),
    intervalMs: jobs[0]?.intervalMs ?? null,
    concurrency: input.concurrency === Infinity ? null : input.concurrency,
    reasons: input.reasons,
  }
}

function readJobs({ name: scheduler, jobs, measures, asOf, state }: SnapshotInput): JobReading[] {
  const measured = new Map(measures.jobs.map((job) => [job.job, job]))
  const { interval, lastThree } = createDueAround(asOf)
  const around = { asOf, state, askedAt: measures.control.at, lastThree }
  return jobs.map(({ job: defined, policies, defaults, override }) => {
    const { name, schedule } = defined
    const { since, latestStartAt, ...job } = measured.get(name) ?? unmeasured(name, asOf)
    const reading = {
      name,
      schedule,
      intervalMs: interval(schedule),
      paused: pauseOf(measures.control, name, asOf),
      running: job.running,
      lastRunAt: job.lastRunAt,
      lastSuccessAt: job.lastSuccessAt,
      lastFailureAt: job.lastFailureAt,
      nextRunAt:
        state === 'stopped'
          ? null
          : nextRunAt({ scheduler, job: defined, inactive: inactiveSpans(measures.control, name) }, job.cursor),
      consecutiveFailures: job.consecutiveFailures,
      policies,
      defaults,
      override,
      tallies: windowed(job),
    }
    const isExcluded = (dueAt: EpochMs) => calendarExcluding(defined, dueAt) !== null
    return { ...reading, conditions: judgeJob({ ...reading, since, latestStartAt, isExcluded }, around) }
  })
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

function readInstances({ measures, host, asOf }: SnapshotInput): InstanceReading[] {
  return measures.instances.map(({ instance, firstSeenAt, lastSeenAt, running }) => {
    const isCurrent = instance === host.instance
    const isLive = isCurrent || asOf - lastSeenAt <= host.leaseMs
    return { id: instance, isCurrent, isLive, startedAt: firstSeenAt, heartbeatAt: lastSeenAt, running }
  })
}

function unmeasured(job: string, cursor: EpochMs): JobMeasures {
  return {
    job,
    since: cursor,
    cursor,
    running: 0,
    latestStartAt: null,
    lifetime: EMPTY_RUN_TALLY,
    windows: { recent: EMPTY_RUN_TALLY, last_hour: EMPTY_RUN_TALLY },
    lastRunAt: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    consecutiveFailures: 0,
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

function byWindow<T>(value: (window: WindowId) => T): Record<WindowId, T> {
  return Object.fromEntries(WINDOWS.map((window) => [window, value(window)])) as Record<WindowId, T>
}

function latest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function earliest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}
