import type { EpochMs } from '../clock.ts'
import { atOnce, mapInParts, type Parts } from '../loop/in-turns.ts'
import { byJob } from '../plan/by-job.ts'
import type { JobMeasures, StoreMeasures } from '../ports/measures.ts'
import type { ProviderAttribute, ProviderCondition, ProviderDescription } from '../ports/providers.ts'
import { limitOf } from '../reading/limit-of.ts'
import { queueReasonsIn } from '../reading/queue-reasons.ts'
import type {
  ObservedState,
  ProviderReading,
  SchedulerReading,
  SchedulerSnapshot,
  UptimeReading,
} from '../reading/snapshot.ts'
import { numberOf, reasonsIn } from '../reading/time-zone-data.ts'
import { addTallies, CALL_FACTS, EMPTY_CALL_TALLY } from '../run/counters.ts'
import { deepFreeze } from './deep-freeze.ts'
import { readCounts } from './read-counts.ts'
import { type InstanceHost, readInstances } from './read-instances.ts'
import { type ConfiguredJob, createJobReader } from './read-jobs.ts'
import { byWindow, sumFuture, sumPast, windowed } from './sum-jobs.ts'

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
  /** After how long a queued run is handed over again. */
  readonly queueTimeoutMs: number
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

/** Builds the read model from the store's measures and this instance's readings. Pure; the result is deep-frozen. */
export function buildSnapshot(input: SnapshotInput): SchedulerSnapshot {
  return atOnce(snapshotParts(input))
}

/** How many jobs are read in one turn: a few milliseconds' work. */
const JOBS_IN_TURN = 2_000

/** The same in parts. */
export function* snapshotParts(input: SnapshotInput): Parts<SchedulerSnapshot> {
  const { measures, windowsMs, host, providerConditions, providerAttributes } = input
  const { jobs, retired } = yield* readJobs(input)
  const providers = readProviders(input)
  const callTallies = measures.providers.map((provider) => windowed(provider))
  const { feeds } = host
  const instances = readInstances(input)
  return deepFreeze({
    id: input.id,
    asOf: input.asOf,
    scheduler: readScheduler(input, { jobs, retired, instances }),
    jobs,
    retired,
    providers,
    providerConditions,
    ...(providerAttributes && { providerAttributes }),
    // Jobs that are no longer defined stay in the sums, so that a lifetime total never shrinks.
    totals: windowed(measures.totals),
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
  { jobs, retired, instances }: Pick<SchedulerSnapshot, 'jobs' | 'retired' | 'instances'>,
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
    ...sumPast(measured, input.asOf),
    ...sumFuture(jobs, input.state),
    concurrency: limitOf(input.concurrency),
    timeZoneDataNumber: numberOf(input.timeZoneData),
    reasons: [
      ...input.reasons,
      ...queueReasonsIn([...jobs, ...retired]),
      ...reasonsIn(instances.filter(({ role }) => role === 'scheduler')),
    ],
    abandoned: input.abandoned,
    abandonedHandlers: input.abandoned.length,
  }
}

/** The jobs that are defined, in their order, and by name those that were measured and that nobody has any more. */
function* readJobs(input: SnapshotInput): Parts<Pick<SchedulerSnapshot, 'jobs' | 'retired'>> {
  const { name, asOf, state, queueTimeoutMs, measures, retiredAs } = input
  const reader = createJobReader({ name, asOf, state, queueTimeoutMs, control: measures.control })
  const measured = createFinder(measures.jobs)
  const jobs = yield* mapInParts(input.jobs, JOBS_IN_TURN, (job) => reader.read(job, measured.take(job.job.name)))
  const retired = yield* mapInParts(measured.left(), JOBS_IN_TURN, (job) => reader.readRetired(retiredAs(job.job), job))
  return { jobs, retired: retired.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** Takes measures by the name of their job. As long as they are asked for in their order, none is looked for. */
function createFinder(measured: readonly JobMeasures[]) {
  let next = 0
  let others: Map<string, JobMeasures> | null = null
  return {
    take(job: string): JobMeasures | undefined {
      const found = others === null ? measured[next] : undefined
      if (found?.job === job) {
        next++
        return found
      }
      others ??= byJob(measured.slice(next))
      const other = others.get(job)
      others.delete(job)
      return other
    },
    /** Those that were not taken. */
    left: (): readonly JobMeasures[] => (others ? [...others.values()] : measured.slice(next)),
  }
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
