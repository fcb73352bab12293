import { placeOfProcess } from '../host/process-probe.ts'
import { type InstanceId, randomEpoch } from '../ids.ts'
import type { JobPolicies } from '../job/job.ts'
import { inTurns } from '../loop/in-turns.ts'
import { readCustomMetrics } from '../metrics/custom-metric.ts'
import { versionOfDefinitions } from '../metrics/definitions.ts'
import { aliveUntil } from '../plan/fleet-life.ts'
import type { PoliciesReading, SchedulerSnapshot } from '../reading/snapshot.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { readPool } from '../session/read-pool.ts'
import type { JobSettings } from '../state/configuration.ts'
import { snapshotParts } from './build-snapshot.ts'
import { deepFreeze } from './deep-freeze.ts'
import type { ConfiguredJob } from './read-jobs.ts'
import { readSessions } from './read-sessions.ts'
import { createStoreReader, type StoreRead } from './store-reader.ts'
import { toPolicies } from './to-policies.ts'

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
  const readings = new WeakMap<JobPolicies, PoliciesReading>()
  const newId = () => `${epoch}-${++sequence}`

  /** Every snapshot has a job's policies, which hardly ever change, so they are made once. */
  function policiesOf(job: JobPolicies): PoliciesReading {
    const known = readings.get(job) ?? toPolicies(job)
    readings.set(job, known)
    return known
  }

  function configured({ job, defined, override }: JobSettings): ConfiguredJob {
    const { tags, takes, schedule } = job
    for (const part of [tags, takes, schedule]) deepFreeze(part)
    return { job, policies: policiesOf(job), defaults: policiesOf(defined), override }
  }

  let known: { readonly revision: number; readonly jobs: readonly ConfiguredJob[] } | null = null

  /** All jobs, made anew when one of them has changed. */
  function configuredJobs(): readonly ConfiguredJob[] {
    const { revision } = configuration
    if (known?.revision !== revision) known = { revision, jobs: configuration.settings().map(configured) }
    return known.jobs
  }

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
        concurrency: configuration.concurrency,
        jobs: configuredJobs(),
        retiredAs: (name) => configured(configuration.retiredAs(name)),
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
