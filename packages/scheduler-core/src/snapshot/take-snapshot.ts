import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import type { Job } from '../job/job.ts'
import { readCustomMetrics } from '../metrics/custom-metric.ts'
import { versionOfDefinitions } from '../metrics/definitions.ts'
import type { StoreMeasures } from '../ports/measures.ts'
import type { PoliciesReading, SchedulerSnapshot } from '../reading/snapshot.ts'
import type { CheckedOptions } from '../scheduler-options.ts'
import type { GuardedSessionProvider } from '../session/guard-sessions.ts'
import type { Units } from '../session/units.ts'
import type { Configuration, JobSettings } from '../state/configuration.ts'
import type { ProviderSwitches } from '../state/provider-switches.ts'
import type { SchedulerState } from '../state/scheduler-state.ts'
import { buildSnapshot, type ConfiguredJob } from './build-snapshot.ts'
import { createFeedsReader } from './feeds-reader.ts'
import type { JudgedFeeds } from './read-feeds.ts'
import { readSessions } from './read-sessions.ts'
import { toPolicies } from './to-policies.ts'

export interface SnapshotTaker {
  /** One consistent read of the store, put into a snapshot. */
  take(): Promise<SchedulerSnapshot>
  /** The process's epoch and the next number of its sequence. */
  newId(): string
}

export interface SnapshotTakerOptions<S extends object> {
  readonly options: CheckedOptions<S>
  readonly units: Units<S>
  readonly state: SchedulerState
  readonly configuration: Configuration<S>
  readonly providers: ProviderSwitches
  readonly sessions: GuardedSessionProvider<S>
  /** The one that answers; `null` while the scheduler is not open. */
  readonly instance: () => InstanceId | null
}

const HOUR_MS = 3_600_000

export function createSnapshotTaker<S extends object>({
  options,
  units,
  state,
  configuration,
  providers,
  sessions,
  instance,
}: SnapshotTakerOptions<S>): SnapshotTaker {
  const { name, store, clock, metrics } = options
  const feedsReader = createFeedsReader<S>({ source: options.feeds, clock, logger: options.logger })
  const definitionsVersion = versionOfDefinitions(metrics, options.feeds?.words)
  const windowsMs = { recent: options.recentWindowMs, last_hour: HOUR_MS }
  const epoch = clock.now()
  let sequence = 0
  const readings = new WeakMap<Job<S>, PoliciesReading>()
  const newId = () => `${epoch}-${++sequence}`

  /** A job's policies are told in every snapshot and change hardly ever. */
  function policiesOf(job: Job<S>): PoliciesReading {
    const known = readings.get(job) ?? toPolicies(job)
    readings.set(job, known)
    return known
  }

  function configured({ job, defined, override }: JobSettings<S>): ConfiguredJob {
    return { job, policies: policiesOf(job), defaults: policiesOf(defined), override }
  }

  /** One unit of work. Feeds that take too long do not hold up what was read before them. */
  async function readStore(asOf: EpochMs): Promise<StoreRead> {
    const begun = clock.monotonic()
    const early = Promise.withResolvers<StoreRead>()
    const unit = units.run(
      'snapshot',
      async (session) => {
        const measures = await store.readMeasures(session, { scheduler: name, asOf, windowsMs })
        const readMs = clock.monotonic() - begun
        const read: StoreRead = { measures, readMs, feeds: await feedsReader.read(session, asOf) }
        if (read.feeds.error === 'FEEDS_TIMED_OUT') early.resolve(read)
        return read
      },
      { readOnly: true },
    )
    return Promise.race([unit, early.promise])
  }

  return {
    newId,
    async take() {
      const asOf = clock.now()
      const { measures, readMs, feeds } = await readStore(asOf)
      state.adopt(measures.control)
      const pool = options.sessions.pool?.() ?? null
      return buildSnapshot({
        id: newId(),
        asOf,
        name,
        state: state.observed,
        reasons: state.reasons,
        uptime: state.uptime,
        concurrency: configuration.concurrency,
        jobs: configuration.settings().map(configured),
        providers: providers.describe(),
        windowsMs,
        measures,
        host: {
          instance: instance(),
          definitionsVersion,
          feeds,
          process: options.process?.read() ?? null,
          store: {
            readMs: Math.round(readMs * 100) / 100,
            poolSize: pool?.size ?? null,
            poolIdle: pool?.idle ?? null,
            poolWaiting: pool?.waiting ?? null,
          },
          sessions: readSessions(sessions, clock),
          custom: readCustomMetrics(metrics),
        },
      })
    },
  }
}

interface StoreRead {
  readonly measures: StoreMeasures
  readonly readMs: number
  readonly feeds: JudgedFeeds
}
