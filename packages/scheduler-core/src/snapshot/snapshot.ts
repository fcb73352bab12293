import type { EpochMs } from '../clock.ts'
import type { MisfirePolicy, OrphanPolicy, OverlapPolicy } from '../job/job.ts'
import type { JobConfig, RetryConfig } from '../ports/config.ts'
import type { DesiredState, Pause } from '../ports/control.ts'
import type { CallTally, RunTally } from '../run/counters.ts'
import type { Schedule } from '../schedule/schedule.ts'

/** What a scheduler is, as opposed to what was asked of it. Exactly these four, on every wire. */
export const OBSERVED_STATES = ['running', 'stopped', 'paused', 'error'] as const
export type ObservedState = (typeof OBSERVED_STATES)[number]

/** The windows that a snapshot holds. `recent` is 24 h unless configured. */
export const WINDOWS = ['lifetime', 'recent', 'last_hour'] as const
export type WindowId = (typeof WINDOWS)[number]

/**
 * The one read model: everything that any view shows, at one instant, deep-frozen. Views are projections of it and
 * compute nothing of their own.
 */
export interface SchedulerSnapshot {
  /** The process's epoch and a sequence: digits and one dash. The ETag, the event id and the body agree on it. */
  readonly id: string
  readonly asOf: EpochMs
  readonly scheduler: SchedulerReading
  readonly jobs: readonly JobReading[]
  readonly providers: readonly ProviderReading[]
  /** Sums over the jobs. */
  readonly totals: Readonly<Record<WindowId, RunTally>>
  /** Sums over the providers. */
  readonly callTotals: Readonly<Record<WindowId, CallTally>>
  readonly windowsMs: { readonly recent: number; readonly last_hour: number }
}

export interface SchedulerReading {
  readonly name: string
  readonly state: ObservedState
  readonly desired: DesiredState
  readonly pausedUntil: EpochMs | null
  readonly controlVersion: number
  /** Monotonic time since the current start, pauses included; 0 when stopped. */
  readonly uptimeMs: number
  /** When lifetime counting began. */
  readonly since: EpochMs
  readonly lastRunAt: EpochMs | null
  /** The soonest due time that will run; `null` when nothing will. */
  readonly nextRunAt: EpochMs | null
  /** Period of the leading job: the first that was given. `null` when it has none, as `once` has not. */
  readonly intervalMs: number | null
  /** Runs of one instance at a time; `null` for no limit. */
  readonly concurrency: number | null
  /** Machine codes of what keeps the scheduler from being well; empty when it is. */
  readonly reasons: readonly string[]
}

export interface JobReading {
  readonly name: string
  readonly schedule: Schedule
  readonly intervalMs: number | null
  readonly paused: Pause | null
  readonly running: number
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  readonly nextRunAt: EpochMs | null
  readonly consecutiveFailures: number
  /** In effect: as the code says, with what was set at run time laid over it. */
  readonly policies: PoliciesReading
  /** As the code says. */
  readonly defaults: PoliciesReading
  /** What was set at run time; empty for most. */
  readonly override: JobConfig
  readonly tallies: Readonly<Record<WindowId, RunTally>>
}

/** What decides when and how a job runs. */
export interface PoliciesReading {
  readonly schedule: Schedule
  readonly timeoutMs: number | null
  readonly misfireGraceMs: number
  readonly misfirePolicy: MisfirePolicy
  readonly overlapPolicy: OverlapPolicy
  readonly onOrphan: OrphanPolicy
  readonly priority: number
  readonly retry: Required<RetryConfig>
}

/** `enabled`: the host enables it, and no operator has switched it off. */
export interface ProviderReading extends ProviderDescription {
  readonly lastSuccessAt: EpochMs | null
  readonly tallies: Readonly<Record<WindowId, CallTally>>
}

/** What a host says of an external source that its jobs call. */
export interface ProviderDescription {
  readonly name: string
  readonly enabled: boolean
  /** `null` when it needs no key. Never the key itself. */
  readonly apiKeyConfigured: boolean | null
}

/** A snapshot as a reader gets it. */
export interface SnapshotReading {
  readonly snapshot: SchedulerSnapshot
  /** True when the store could not be reached and this is the last snapshot before that. */
  readonly stale: boolean
  /** How old the snapshot is, on the monotonic clock. */
  readonly ageMs: number
}
