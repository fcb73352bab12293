import type { EpochMs } from '../clock.ts'
import type { ControlState } from '../control/control.ts'
import type { InstanceId } from '../ids.ts'
import type { CallTally, RunTally } from '../run/counters.ts'

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
  readonly providers: readonly ProviderMeasures[]
  /** The instances that have renewed leases and were not pruned since, by their ids. */
  readonly instances: readonly InstanceMeasures[]
  /** One tally for each interval that the query asked for; empty when it asked for none. */
  readonly series: MeasureSeries
}

/** Tallies of runs or of calls, as the query asked. */
export type MeasureSeries =
  | { readonly of: 'run'; readonly tallies: readonly RunTally[] }
  | { readonly of: 'call'; readonly tallies: readonly CallTally[] }

/** A process that works for the scheduler, known by its heartbeats. */
export interface InstanceMeasures {
  readonly instance: InstanceId
  /** Its first heartbeat. */
  readonly firstSeenAt: EpochMs
  readonly lastSeenAt: EpochMs
  /** Running runs that it owns. */
  readonly running: number
}

export interface JobMeasures {
  readonly job: string
  /** The job's cursor at its first registration. The ledger accounts for due times after this instant. */
  readonly since: EpochMs
  readonly cursor: EpochMs
  readonly running: number
  /** The latest start of its running runs; `null` when none is running. */
  readonly latestStartAt: EpochMs | null
  readonly lifetime: RunTally
  readonly windows: Readonly<Record<string, RunTally>>
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  /** How many of the latest settled runs failed in a row. */
  readonly consecutiveFailures: number
}

export interface ProviderMeasures {
  readonly provider: string
  readonly lifetime: CallTally
  readonly windows: Readonly<Record<string, CallTally>>
  readonly lastSuccessAt: EpochMs | null
}
