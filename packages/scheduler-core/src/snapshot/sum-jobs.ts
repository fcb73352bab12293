import type { EpochMs } from '../clock.ts'
import type { JobReading, ObservedState, RunReading } from '../reading/snapshot.ts'
import { addTallies, RUN_FACTS, type RunTally } from '../run/counters.ts'
import { WINDOWS, type WindowId } from '../run/windows.ts'

type Past = Pick<RunReading, 'running' | 'queued' | 'oldestQueuedAt' | 'lastRunAt' | 'lastSuccessAt' | 'lastFailureAt'>

/** What became of these jobs together. Retired ones belong to it. */
export function sumPast(jobs: Iterable<Past>, asOf: EpochMs): Past & Pick<RunReading, 'oldestQueuedMs'> {
  const sum = {
    running: 0,
    queued: 0,
    oldestQueuedAt: NEVER,
    lastRunAt: NEVER,
    lastSuccessAt: NEVER,
    lastFailureAt: NEVER,
  }
  for (const { running, queued, oldestQueuedAt, lastRunAt, lastSuccessAt, lastFailureAt } of jobs) {
    sum.running += running
    sum.queued += queued
    sum.oldestQueuedAt = earliest(sum.oldestQueuedAt, oldestQueuedAt)
    sum.lastRunAt = latest(sum.lastRunAt, lastRunAt)
    sum.lastSuccessAt = latest(sum.lastSuccessAt, lastSuccessAt)
    sum.lastFailureAt = latest(sum.lastFailureAt, lastFailureAt)
  }
  return { ...sum, oldestQueuedMs: ageOf(sum.oldestQueuedAt, asOf) }
}

/** What is due of these jobs together, of which the first one leads. */
export function sumFuture(
  jobs: readonly JobReading[],
  state: ObservedState,
): Pick<RunReading, 'nextRunAt' | 'intervalMs' | 'overdueMs'> {
  const sum = { nextRunAt: NEVER, intervalMs: jobs[0]?.intervalMs ?? null, overdueMs: 0 }
  for (const { nextRunAt, overdueMs } of jobs) {
    if (nextRunAt !== null && state !== 'stopped') sum.nextRunAt = Math.min(sum.nextRunAt ?? nextRunAt, nextRunAt)
    sum.overdueMs = Math.max(sum.overdueMs, overdueMs)
  }
  return sum
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

/** The sums of a job, a provider or all of them, by window. */
export function windowed<T>({
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

const NEVER: EpochMs | null = null

/** How long ago it was; 0 for never, and for what another instance's faster clock has dated. */
export function ageOf(at: EpochMs | null, asOf: EpochMs): number {
  return at === null ? 0 : Math.max(0, asOf - at)
}

function earliest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other)
}

function latest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}
