import type { EpochMs } from '../clock.ts'
import type { JobConfig } from '../control/config.ts'
import type { CommandActor, DesiredState, Pause } from '../control/control.ts'
import type { ProcessReading } from '../host/process-probe.ts'
import type { SHOWN } from '../policy/policies.ts'
import type { PolicyValues } from '../policy/policy.ts'
import type { FeedGrade, FeedWord } from '../ports/feeds.ts'
import type { CallTally, RunTally } from '../run/counters.ts'
import type { WindowId } from '../run/windows.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { CustomDefinition } from './described.ts'

/** What a scheduler is, as opposed to what was asked of it. Exactly these four, on every wire. */
export const OBSERVED_STATES = ['running', 'stopped', 'paused', 'error'] as const
export type ObservedState = (typeof OBSERVED_STATES)[number]

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
  /** Changes exactly when the definition of a metric does. */
  readonly definitionsVersion: string
  readonly feeds: FeedsReading
  /** The processes that share the store, as far as it knows them. */
  readonly instances: readonly InstanceReading[]
  /** `null` when nothing measures the process. */
  readonly process: ProcessReading | null
  readonly store: StoreReading
  readonly sessions: SessionsReading
  /** What the host's own metrics said, each by its id. */
  readonly custom: Readonly<Record<string, CustomReading>>
}

/** What runs tell, of one job or of all together. */
export interface RunReading {
  readonly running: number
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  /** The soonest due time that will run; `null` when nothing will. */
  readonly nextRunAt: EpochMs | null
  /** The period, or for cron the distance between the next two due times; of all together, that of the leading job. */
  readonly intervalMs: number | null
  readonly tallies: Readonly<Record<WindowId, RunTally>>
}

/** What calls tell, of one provider or of all together. */
export interface CallReading {
  readonly lastSuccessAt: EpochMs | null
  readonly tallies: Readonly<Record<WindowId, CallTally>>
}

export interface SchedulerReading extends Omit<RunReading, 'tallies'>, UptimeReading {
  readonly name: string
  readonly state: ObservedState
  readonly desired: DesiredState
  /** Who asked for the desired state, why, and when. */
  readonly asked: CommandActor & { readonly at: EpochMs }
  readonly pausedUntil: EpochMs | null
  readonly controlVersion: number
  /** When lifetime counting began. */
  readonly since: EpochMs
  /** Runs of one instance at a time; `null` for no limit. */
  readonly concurrency: number | null
  /** Machine codes of what keeps the scheduler from being well; empty when it is. */
  readonly reasons: readonly string[]
}

/** How long a scheduler has been up, in milliseconds on the monotonic clock; all 0 while it is stopped. */
export interface UptimeReading {
  /** Since it last left `stopped`. */
  readonly uptimeMs: number
  /**
   * The whole seconds of it, each told to the state in which it was completed: so the three never decrease, and add up to
   * the whole seconds of all.
   */
  readonly activeMs: number
  readonly pausedMs: number
  readonly erroredMs: number
}

export interface JobReading extends RunReading {
  readonly name: string
  readonly schedule: Schedule
  readonly paused: Pause | null
  readonly consecutiveFailures: number
  /** In effect: as the code says, with what was set at run time laid over it. */
  readonly policies: PoliciesReading
  /** As the code says. */
  readonly defaults: PoliciesReading
  /** What was set at run time; empty for most. */
  readonly override: JobConfig
}

/** What decides when and how a job runs. */
export interface PoliciesReading extends PolicyValues<typeof SHOWN.job> {
  readonly schedule: Schedule
  readonly retry: PolicyValues<typeof SHOWN.retry>
}

/** `enabled`: the host enables it, and no operator has switched it off. */
export interface ProviderReading extends CallReading, Omit<ProviderDescription, 'quotaRemaining' | 'circuit'> {
  readonly quotaRemaining: number | null
  readonly circuit: CircuitState | null
}

/** Whether a provider is asked at all: `open` is not, `half_open` is asked once to find out. In rising order of alarm. */
export const CIRCUIT_STATES = ['closed', 'half_open', 'open'] as const
export type CircuitState = (typeof CIRCUIT_STATES)[number]

/** What a host says of an external source that its jobs call. */
export interface ProviderDescription {
  readonly name: string
  readonly enabled: boolean
  /** `null` when it needs no key. Never the key itself. */
  readonly apiKeyConfigured: boolean | null
  /** Requests that may still be sent now; `null` or left out when there is no quota. */
  readonly quotaRemaining?: number | null
  /** Left out or `null` when it has no circuit breaker. */
  readonly circuit?: CircuitState | null
}

/** The host's feeds, or the code of what kept them from being read. */
export interface FeedsReading {
  /** `null` when they could not be read; empty when the host has none. */
  readonly items: readonly FeedReading[] | null
  readonly error: FeedsErrorCode | null
  /** How many are of each status, and in all; `null` when they could not be read. */
  readonly counts: FeedCounts
  /** The words that a status may be beside the grades, as the host's source declares them. */
  readonly words: readonly FeedWord[]
}

/** One for each grade and each declared word. */
export type FeedCounts = Readonly<Record<FeedGrade | 'total', number | null> & { [word: string]: number | null }>

/** Why feeds are unknown: their reader failed, took too long, or answered what no feed can be. */
export const FEEDS_ERROR_CODES = ['FEEDS_FAILED', 'FEEDS_TIMED_OUT', 'FEEDS_INVALID'] as const
export type FeedsErrorCode = (typeof FEEDS_ERROR_CODES)[number]

/** How fresh one feed is: what a provider delivers under one name. */
export interface FeedReading {
  readonly provider: string
  readonly feed: string
  /** A grade or a declared word. */
  readonly status: string
  /** The provider's own time of what it delivered. */
  readonly eventAt: EpochMs | null
  readonly fetchedAt: EpochMs | null
  /** When its value last changed. */
  readonly changedAt: EpochMs | null
  /** When the next event is due at the latest; `null` when none is. */
  readonly expectedBy: EpochMs | null
  /** From the event time to the snapshot's instant: never from when it was fetched. */
  readonly ageMs: number | null
  /** Of the updates that were due in the recent window, those that had come in time. */
  readonly attainmentPct: number | null
}

/** A process that runs this scheduler. */
export interface InstanceReading {
  readonly id: string
  /** Whether it is the one that answers. */
  readonly isCurrent: boolean
  readonly startedAt: EpochMs | null
  /** When it last told the store that it lives. */
  readonly heartbeatAt: EpochMs
  readonly running: number
}

export interface StoreReading {
  /** How long the snapshot's one read took, on the monotonic clock. */
  readonly readMs: number
  /** `null` where the session provider does not say. */
  readonly poolSize: number | null
  readonly poolIdle: number | null
  readonly poolWaiting: number | null
}

/** The sessions that this instance's units of work have had. */
export interface SessionsReading {
  readonly opened: number
  readonly closed: number
  readonly open: number
  /** How long the one that is open longest has been. */
  readonly longestOpenMs: number | null
  /** Those that are open, the oldest first and no more than 20. */
  readonly held: readonly HeldSessionReading[]
}

/** A session that a unit of work has in its hands. It names jobs, so it is for operations alone. */
export interface HeldSessionReading {
  /** `job:poll` for a handler of the job poll, or what the library was doing, such as `tick`. */
  readonly unit: string
  readonly openedAt: EpochMs
}

/** What a host's own metric said; `null` with a code when it said nothing usable. */
export interface CustomReading {
  readonly definition: CustomDefinition
  readonly value: number | null
  readonly error: CustomErrorCode | null
}

/** The host's own metrics, in its order. */
export function customDefinitions({ custom }: Pick<SchedulerSnapshot, 'custom'>): readonly CustomDefinition[] {
  return Object.values(custom).map(({ definition }) => definition)
}

/** A metric of the host's own threw, answered with a promise, answered no finite number, or is not the scheduler's. */
export const CUSTOM_ERROR_CODES = ['METRIC_THREW', 'METRIC_ASYNC', 'METRIC_NOT_A_NUMBER', 'METRIC_UNKNOWN'] as const
export type CustomErrorCode = (typeof CUSTOM_ERROR_CODES)[number]

/** A snapshot as a reader gets it. */
export interface SnapshotReading {
  readonly snapshot: SchedulerSnapshot
  /** True when the store could not be reached and this is the last snapshot before that. */
  readonly stale: boolean
  /** How old the snapshot is, on the monotonic clock. */
  readonly ageMs: number
}
