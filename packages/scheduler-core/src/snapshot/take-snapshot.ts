import type { SchedulerState } from '../runtime/scheduler-state.ts'
import type { Units } from '../runtime/units.ts'
import type { CheckedOptions } from '../scheduler-options.ts'
import { buildSnapshot } from './build-snapshot.ts'
import type { SchedulerSnapshot } from './snapshot.ts'

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
}

const HOUR_MS = 3_600_000

export function createSnapshotTaker<S extends object>({
  options,
  units,
  state,
}: SnapshotTakerOptions<S>): SnapshotTaker {
  const { name, jobs, store, clock } = options
  const windowsMs = { recent: options.recentWindowMs, last_hour: HOUR_MS }
  const epoch = clock.now()
  let sequence = 0
  const newId = () => `${epoch}-${++sequence}`

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
        jobs: [...jobs.values()],
        providers: options.providers(),
        windowsMs,
        measures,
      })
    },
  }
}
