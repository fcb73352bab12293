import type { Job } from '../job/job.ts'
import type { Configuration } from '../runtime/configuration.ts'
import type { ProviderSwitches } from '../runtime/provider-switches.ts'
import type { SchedulerState } from '../runtime/scheduler-state.ts'
import type { Units } from '../runtime/units.ts'
import type { CheckedOptions } from '../scheduler-options.ts'
import { buildSnapshot, type ConfiguredJob } from './build-snapshot.ts'
import type { PoliciesReading, SchedulerSnapshot } from './snapshot.ts'
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
}

const HOUR_MS = 3_600_000

export function createSnapshotTaker<S extends object>({
  options,
  units,
  state,
  configuration,
  providers,
}: SnapshotTakerOptions<S>): SnapshotTaker {
  const { name, jobs, store, clock } = options
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

  function configured(job: Job<S>): ConfiguredJob {
    const defaults = policiesOf(jobs.get(job.name) ?? job)
    return { job, policies: policiesOf(job), defaults, override: configuration.overrideOf(job.name) }
  }

  return {
    newId,
    async take() {
      const asOf = clock.now()
      const measures = await units.run(
        'snapshot',
        (session) => store.readMeasures(session, { scheduler: name, asOf, windowsMs }),
        { readOnly: true },
      )
      state.adopt(measures.control)
      return buildSnapshot({
        id: newId(),
        asOf,
        name,
        state: state.observed,
        reasons: state.reasons,
        uptimeMs: state.uptimeMs,
        concurrency: configuration.concurrency,
        jobs: [...configuration.jobs.values()].map(configured),
        providers: providers.describe(),
        windowsMs,
        measures,
      })
    },
  }
}
