import { placeOfProcess } from '../host/process-probe.ts'
import { type InstanceId, randomEpoch } from '../ids.ts'
import { inTurns } from '../loop/in-turns.ts'
import { readCustomMetrics } from '../metrics/custom-metric.ts'
import { versionOfDefinitions } from '../metrics/definitions.ts'
import { aliveUntil } from '../plan/fleet-life.ts'
import type { SchedulerSnapshot } from '../reading/snapshot.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { readPool } from '../session/read-pool.ts'
import { snapshotParts } from './build-snapshot.ts'
import { createConfiguredJobs } from './configured-jobs.ts'
import { readSessions } from './read-sessions.ts'
import { createStoreReader, type StoreRead } from './store-reader.ts'

export interface SnapshotTaker {
  /** One consistent read of the store, put into a snapshot. */
  take(): Promise<SchedulerSnapshot>
  /** The epoch of this scheduler object, and the next number of its sequence. */
  newId(): string
}

export interface SnapshotTakerOptions {
  /** The open instance; `null` while the scheduler is not open. */
  readonly instance: () => InstanceId | null
}

const HOUR_MS = 3_600_000

export function createSnapshotTaker<S extends object>(
  context: SchedulerContext<S>,
  { instance }: SnapshotTakerOptions,
): SnapshotTaker {
  const { scheduler, options, state, configuration, providers, providerNames, sessions, clock, abandoned } = context
  const { metrics } = options
  const windowsMs = { recent: options.recentWindowMs, last_hour: HOUR_MS }
  const readStore = createStoreReader<S>(context, windowsMs)
  const definitionsVersion = versionOfDefinitions(metrics, options.declared)
  const epoch = randomEpoch()
  let sequence = 0
  const jobs = createConfiguredJobs(configuration)
  const newId = () => `${epoch}-${++sequence}`

  function hostReading({ readMs, feeds }: StoreRead) {
    const pool = readPool(options.sessions)
    return {
      instance: instance(),
      role: options.role,
      place: { ...placeOfProcess(options.redact), version: options.deployment },
      definitionsVersion,
      feeds,
      process: options.processProbe?.read() ?? null,
      store: {
        readMs: Math.round(readMs * 100) / 100,
        poolSize: pool.size,
        poolIdle: pool.idle,
        poolWaiting: pool.waiting,
      },
      sessions: readSessions(sessions, clock),
      custom: readCustomMetrics(metrics),
    }
  }

  return {
    newId,
    async take() {
      const asOf = clock.now()
      const read = await readStore(asOf)
      state.sawFleet(aliveUntil(read.measures.instances))
      // Before the reasons, which say whether it was invalid.
      const described = providers.describe()
      providerNames.stored(read.measures.providers.map(({ provider }) => provider))
      const parts = snapshotParts({
        id: newId(),
        asOf,
        name: scheduler,
        state: state.told,
        reasons: state.reasons,
        timeZoneData: options.timeZoneData,
        abandoned: [...abandoned.all],
        uptime: state.uptime,
        concurrency: options.engine === null ? configuration.concurrency : 0,
        queueTimeoutMs: options.queueTimeoutMs,
        jobs: jobs.all(),
        retiredAs: jobs.retiredAs,
        providers: described,
        providerConditions: options.declared.providerConditions,
        providerAttributes: options.declared.providerAttributes,
        windowsMs,
        measures: read.measures,
        host: hostReading(read),
      })
      return inTurns(() => parts.next())
    },
  }
}
