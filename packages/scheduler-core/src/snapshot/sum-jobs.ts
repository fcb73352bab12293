import type { EpochMs } from '../clock.ts'
import type { JobReading, ObservedState, RunReading } from '../reading/snapshot.ts'
import { addTallies, RUN_FACTS, type RunTally } from '../run/counters.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'

type Past = Pick<RunReading, 'running' | 'lastRunAt' | 'lastSuccessAt' | 'lastFailureAt'>

/** What became of these jobs together. Retired ones belong to it. */
export function sumPast(jobs: readonly Past[]): Past {
  return {
    running: jobs.reduce((sum, job) => sum + job.running, 0),
    lastRunAt: latest(jobs.map((job) => job.lastRunAt)),
    lastSuccessAt: latest(jobs.map((job) => job.lastSuccessAt)),
    lastFailureAt: latest(jobs.map((job) => job.lastFailureAt)),
  }
}

/** What is due of these jobs together, of which the first one leads. */
export function sumFuture(
  jobs: readonly JobReading[],
  state: ObservedState,
): Pick<RunReading, 'nextRunAt' | 'intervalMs' | 'overdueMs'> {
  return {
    nextRunAt: state === 'stopped' ? null : earliest(jobs.map((job) => job.nextRunAt)),
    intervalMs: jobs[0]?.intervalMs ?? null,
    overdueMs: jobs.reduce((most, job) => Math.max(most, job.overdueMs), 0),
  }
}

/** The tallies of several jobs, window by window. */
export function sumRunTallies(
  tallies: readonly Readonly<Record<WindowId, RunTally>>[],
): Readonly<Record<WindowId, RunTally>> {
  return byWindow((window) =>
    addTallies(
      RUN_FACTS,
      tallies.map((each) => each[window]),
    ),
  )
}

export function byWindow<T>(value: (window: WindowId) => T): Record<WindowId, T> {
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
