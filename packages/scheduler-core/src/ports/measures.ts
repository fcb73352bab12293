import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import { addTallies, type CallTally, RUN_FACTS, type RunTally } from '../run/counters.ts'
import type { SettledRunState } from '../run/states.ts'
import type { Unmet } from '../run/unmet.ts'
import type { InstanceLife, InstanceLoad } from './definitions.ts'
import type { CursorWall } from './locked-jobs.ts'

export interface ReadMeasuresInput {
  readonly scheduler: string
  readonly asOf: EpochMs
  /** Widths of the windows that end at `asOf`, by name. */
  readonly windowsMs: Readonly<Record<string, number>>
  /** Consecutive intervals to measure beside the windows (default none). */
  readonly series?: SeriesQuery
}

/** The intervals `(after, after + stepMs]`, `(after + stepMs, after + 2 * stepMs]` and so on. */
export interface SeriesQuery {
  /** Of runs, by job, or of calls, by provider. */
  readonly of: 'run' | 'call'
  /** The job or provider (default the sum over all, with those no longer defined). */
  readonly name?: string
  /** The sum over these jobs or providers (default over all). */
  readonly names?: readonly string[]
  /** On a whole minute. */
  readonly after: EpochMs
  /** Whole minutes, so that every interval can be read from the kept aggregates alone. */
  readonly stepMs: number
  readonly points: number
}

export interface StoreMeasures {
  /** When lifetime counting began. */
  readonly since: EpochMs
  readonly control: ControlState
  readonly jobs: readonly JobMeasures[]
  /** The sums over all of these jobs. */
  readonly totals: RunSums
  readonly providers: readonly ProviderMeasures[]
  /** The instances that have renewed leases and have neither left nor were found dead since, by their ids. */
  readonly instances: readonly InstanceMeasures[]
  /** One tally for each interval that the query asked for; empty when it asked for none. */
  readonly series: MeasureSeries
}

/** Tallies of runs or of calls, as the query asked. */
export type MeasureSeries = KeptSeries &
  (
    | { readonly of: 'run'; readonly tallies: readonly RunTally[] }
    | { readonly of: 'call'; readonly tallies: readonly CallTally[] }
  )

interface KeptSeries {
  /** The tallies of intervals that begin before this may be too small (default: none is). */
  readonly keptFrom?: EpochMs
}

/** A process that works for the scheduler, known by its heartbeats. */
export interface InstanceMeasures extends InstanceLife, InstanceLoad {
  /** Running runs that it owns. */
  readonly running: number
}

/** The counters of runs since counting began, and in each window that was asked for. */
export interface RunSums {
  readonly lifetime: RunTally
  readonly windows: Readonly<Record<string, RunTally>>
}

/** The sums over several jobs, in the windows with these names. */
export function sumRuns(runs: readonly RunSums[], windows: readonly string[]): RunSums {
  const sum = (tallies: readonly (RunTally | undefined)[]) => {
    return addTallies(
      RUN_FACTS,
      tallies.filter((tally) => tally !== undefined),
    )
  }
  return {
    lifetime: sum(runs.map(({ lifetime }) => lifetime)),
    windows: Object.fromEntries(windows.map((name) => [name, sum(runs.map((run) => run.windows[name]))])),
  }
}

/** The sums may be made when they are first read: few of thousands of jobs are looked at. */
export interface JobMeasures extends RunSums {
  readonly job: string
  /** The job's cursor at its first registration. The ledger accounts for due times after this instant. */
  readonly since: EpochMs
  readonly cursor: EpochMs
  /** What the cursor was in local time when it was set; `null` when no time zone counts. */
  readonly wall: CursorWall | null
  /** When its last definition ended; `null` while one is in effect. A job without one is retired. */
  readonly retiredAt: EpochMs | null
  readonly running: number
  /** How many of its runs wait in a queue, and since when the oldest of them does; `null` when none waits. */
  readonly queued: number
  readonly oldestQueuedAt: EpochMs | null
  /** How many live workers have the job: those with the role `worker`. */
  readonly workers: number
  /** The latest start of its running runs; `null` when none is running. */
  readonly latestStartAt: EpochMs | null
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  /** How the last run ended, and with which code the last failed one; `null` before there was one. */
  readonly lastOutcome: SettledRunState | null
  readonly lastErrorCode: string | null
  /** How many of the latest settled runs failed in a row. */
  readonly consecutiveFailures: number
  /**
   * The due times after the last success that had to run and were settled without one: missed, met by a run that was
   * still going, or run without success. `null` when there are none. When a success was recorded only after later ones
   * were, `from` may be before it.
   */
  readonly unmet: Unmet | null
  /** The oldest due time after the last success whose scheduled run is under way, queued ones included. */
  readonly runningDueAt: EpochMs | null
}

export interface ProviderMeasures {
  readonly provider: string
  readonly lifetime: CallTally
  readonly windows: Readonly<Record<string, CallTally>>
  readonly lastSuccessAt: EpochMs | null
}
