import type { EpochMs } from '../clock.ts'
import type { JobConfig } from '../control/config.ts'
import type { CommandActor, DesiredState, Pause } from '../control/control.ts'
import type { ProcessReading } from '../host/process-probe.ts'
import type { RunId } from '../ids.ts'
import type { JobAbout } from '../job/about.ts'
import type { InputTerms } from '../job/job.ts'
import type { SHOWN } from '../policy/policies.ts'
import type { PolicyValues } from '../policy/policy.ts'
import type { Declared } from '../ports/declared.ts'
import type { ProviderAttribute, ProviderCondition, ProviderDescription } from '../ports/providers.ts'
import type { CallTally, RunTally } from '../run/counters.ts'
import type { SettledRunState } from '../run/states.ts'
import type { WindowId } from '../run/windows.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { CustomDefinition } from './described.ts'
import type { FeedsReading } from './feed-reading.ts'
import type { InstanceReading } from './instance-reading.ts'
import type { JobCondition, JobCounts } from './job-conditions.ts'

export {
  FEEDS_ERROR_CODES,
  type FeedCounts,
  type FeedGroupReading,
  type FeedReading,
  type FeedsErrorCode,
  type FeedsReading,
} from './feed-reading.ts'

/** The actual state of a scheduler, as opposed to the desired one. Every API has exactly these four. */
export const OBSERVED_STATES = ['running', 'stopped', 'paused', 'error'] as const
export type ObservedState = (typeof OBSERVED_STATES)[number]

/** Everything that views show, at one instant, deep-frozen. Views select from it and compute nothing. */
export interface SchedulerSnapshot {
  /**
   * Hexadecimal digits, a dash and a number: the random epoch of the scheduler object that took it, and a sequence. Also
   * the ETag and the event id.
   */
  readonly id: string
  readonly asOf: EpochMs
  readonly scheduler: SchedulerReading
  readonly jobs: readonly JobReading[]
  /** The jobs that no open instance has any more. The totals of these and of `jobs` add up to `totals`. */
  readonly retired: readonly JobReading[]
  readonly providers: readonly ProviderReading[]
  /** The conditions that the host's providers source declares. */
  readonly providerConditions: readonly ProviderCondition[]
  /** What it declares to tell of every provider beside (default nothing). */
  readonly providerAttributes?: readonly ProviderAttribute[]
  /** Sums over the jobs, the retired ones included. */
  readonly totals: Readonly<Record<WindowId, RunTally>>
  /** Sums over the providers. */
  readonly callTotals: Readonly<Record<WindowId, CallTally>>
  readonly windowsMs: { readonly recent: number; readonly last_hour: number }
  /** Changes exactly when the definition of a metric changes. */
  readonly definitionsVersion: string
  readonly feeds: FeedsReading
  /** The processes that share the store, by their heartbeats. */
  readonly instances: readonly InstanceReading[]
  /** How many there are of what is listed. */
  readonly counts: CountsReading
  /** `null` when nothing measures the process. */
  readonly process: ProcessReading | null
  readonly store: StoreReading
  readonly sessions: SessionsReading
  /** The readings of the host's own metrics, by their ids. */
  readonly custom: Readonly<Record<string, CustomReading>>
}

/** The figures of one job's runs, or of all runs. */
export interface RunReading {
  readonly running: number
  /** Runs that wait in a queue for a worker, since when the oldest of them does, and for how long: 0 when none waits. */
  readonly queued: number
  readonly oldestQueuedAt: EpochMs | null
  readonly oldestQueuedMs: number
  readonly lastRunAt: EpochMs | null
  readonly lastSuccessAt: EpochMs | null
  readonly lastFailureAt: EpochMs | null
  /** The earliest start of a future run; `null` when nothing will run. */
  readonly nextRunAt: EpochMs | null
  /** The period, or for cron the distance between the next two due times; for all jobs, that of the leading job. */
  readonly intervalMs: number | null
  /**
   * How long ago the oldest due time after the last success was that had to run and has none; 0 when there is none. For all
   * jobs, the longest.
   */
  readonly overdueMs: number
  readonly tallies: Readonly<Record<WindowId, RunTally>>
}

/** The figures of the calls to one provider, or of all calls. */
export interface CallReading {
  readonly lastSuccessAt: EpochMs | null
  readonly tallies: Readonly<Record<WindowId, CallTally>>
}

export interface SchedulerReading extends Omit<RunReading, 'tallies'>, UptimeReading {
  readonly name: string
  readonly state: ObservedState
  readonly desired: DesiredState
  /** Who commanded the desired state, why, and when. */
  readonly asked: CommandActor & { readonly at: EpochMs }
  readonly pausedUntil: EpochMs | null
  readonly controlVersion: number
  /** When lifetime counting began. */
  readonly since: EpochMs
  /** How many runs an instance executes at a time; `null` for no limit; 0 where an engine carries all of them to workers. */
  readonly concurrency: number | null
  /** The version of this process's time zone data as a number: 2026c is 2026.03. `null` when it is unknown. */
  readonly timeZoneDataNumber: number | null
  /** Machine codes of the problems of the scheduler; empty when it is healthy. */
  readonly reasons: readonly string[]
  /** The handlers of this process that go on although their runs have ended, oldest first. */
  readonly abandoned: readonly AbandonedHandler[]
  /** How many they are. */
  readonly abandonedHandlers: number
}

/** A handler that goes on although its run has ended: it ignores its signal, or has not noticed it yet. */
export interface AbandonedHandler {
  readonly job: string
  readonly runId: RunId
  readonly attempt: number
  /** When its run ended. */
  readonly since: EpochMs
}

/** How long a scheduler has been up, on the monotonic clock; all 0 while it is stopped. */
export interface UptimeReading {
  /** Since it last left `stopped`. */
  readonly uptimeMs: number
  /**
   * The whole seconds of the uptime, by the state at the end of each second. The three never decrease, and add up to
   * the whole seconds of `uptimeMs`.
   */
  readonly activeMs: number
  readonly pausedMs: number
  readonly erroredMs: number
}

export interface JobReading extends RunReading, JobAbout {
  readonly name: string
  /** What its input is; `null` when it takes none. */
  readonly takes: InputTerms | null
  readonly schedule: Schedule
  readonly paused: Pause | null
  /** Since when it has been paused by itself. */
  readonly pausedSince: EpochMs | null
  /** For how long its policies let a due time be without success: its grace, and the longest that a run may take. */
  readonly overdueAllowedMs: number
  readonly consecutiveFailures: number
  /** How many live workers have it. */
  readonly workers: number
  /** Whether a run of it has been queued for longer than ten hand-overs take, though it may start. */
  readonly isQueueStalled: boolean
  /** Whether no open instance has it any more: it left the code, and its past stays. */
  readonly isRetired: boolean
  /** When it left; `null` while it is defined. */
  readonly retiredAt: EpochMs | null
  /** How the last run ended, and with which code the last failed one; `null` before there was one. */
  readonly lastOutcome: SettledRunState | null
  readonly lastErrorCode: string | null
  /** Its problems, worst first; empty for most jobs. */
  readonly conditions: readonly JobCondition[]
  /** The policies in effect: the code's with the settings made at run time. */
  readonly policies: PoliciesReading
  /** The policies in the code. */
  readonly defaults: PoliciesReading
  /** The settings made at run time; empty for most jobs. */
  readonly override: JobConfig
}

/** The policies of a job that readers see. */
export interface PoliciesReading extends PolicyValues<typeof SHOWN.job> {
  readonly schedule: Schedule
  readonly retry: PolicyValues<typeof SHOWN.retry>
}

/** A provider. `enabled`: the host enables it and no operator has switched it off. */
export interface ProviderReading extends CallReading, Omit<ProviderDescription, 'quotaRemaining' | 'conditions'> {
  readonly quotaRemaining: number | null
  /** The state of each declared condition, by its name; `null` when it does not apply or is no declared state. */
  readonly conditions: Readonly<Record<string, string | null>>
}

/** How many there are of what a snapshot lists. */
export interface CountsReading {
  readonly jobs: JobCounts['total']
  readonly jobsOk: JobCounts['ok']
  readonly jobsFailing: JobCounts['failing']
  readonly jobsOverdue: JobCounts['overdue']
  readonly jobsNoWorker: JobCounts['no_worker']
  readonly jobsRunningLong: JobCounts['running_long']
  readonly jobsPaused: JobCounts['paused']
  readonly jobsRunning: JobCounts['running']
  readonly jobsQueued: JobCounts['queued']
  /** Jobs that left the code; they are not among `jobs`. */
  readonly jobsRetired: number
  /** The settled runs of retired jobs since counting began. */
  readonly retiredRuns: number
  /** Jobs with a problem. */
  readonly jobsInAttention: number
  readonly providers: number
  readonly instances: number
  readonly liveInstances: number
  readonly liveWorkers: number
  /** What the listed instances did with messages, each since it opened; `null` for those who are told of some jobs only. */
  readonly droppedMessages: number | null
  readonly leftMessages: number | null
  /** Different versions of time zone data among the live instances that compute due times; unknown ones count as one. */
  readonly timeZoneDataVersions: number
  /** Feeds that are stale, expired or unknown; `null` when the feeds could not be read. */
  readonly feedsInAttention: number | null
}

export interface StoreReading {
  /** How long the snapshot's read of the store took, on the monotonic clock. */
  readonly readMs: number
  /** `null` when the session provider does not tell. */
  readonly poolSize: number | null
  readonly poolIdle: number | null
  readonly poolWaiting: number | null
}

/** The sessions of this instance's units of work. */
export interface SessionsReading {
  readonly opened: number
  readonly closed: number
  readonly open: number
  /** How long the oldest open session has been open; `null` when none is open. */
  readonly longestOpenMs: number | null
  /** The open sessions, oldest first, at most 20. */
  readonly held: readonly HeldSessionReading[]
}

/** A session that a unit of work holds. For operations only: it names jobs. */
export interface HeldSessionReading {
  /**
   * `job:poll` for the handler of the job `poll`, unless it names the unit itself, or an activity of the library, such as
   * `tick`.
   */
  readonly unit: string
  /** The job whose handler holds it; `null` for the library's own. */
  readonly job: string | null
  readonly openedAt: EpochMs
}

/** The reading of a metric of the host's own; `null` with an error code when the value is unusable. */
export interface CustomReading {
  readonly definition: CustomDefinition
  readonly value: number | null
  readonly error: CustomErrorCode | null
}

/** What the host's sources declare. */
export function declaredBy({
  feeds,
  providerConditions,
  providerAttributes = [],
}: Pick<SchedulerSnapshot, 'feeds' | 'providerConditions' | 'providerAttributes'>): Declared {
  const { words: feedWords, attributes: feedAttributes = [], reasons: feedReasons = [] } = feeds
  return { feedWords, feedAttributes, feedReasons, providerConditions, providerAttributes }
}

/** The host's own metrics, in its order. */
export function customDefinitions({ custom }: Pick<SchedulerSnapshot, 'custom'>): readonly CustomDefinition[] {
  return Object.values(custom).map(({ definition }) => definition)
}

/**
 * Why a metric of the host's own has no value: it threw, answered a promise, answered no finite number, or is not
 * registered at the scheduler.
 */
export const CUSTOM_ERROR_CODES = ['METRIC_THREW', 'METRIC_ASYNC', 'METRIC_NOT_A_NUMBER', 'METRIC_UNKNOWN'] as const
export type CustomErrorCode = (typeof CUSTOM_ERROR_CODES)[number]

/** A snapshot, its age, and whether it is stale. */
export interface SnapshotReading {
  readonly snapshot: SchedulerSnapshot
  /** True when the store cannot be reached and this is the last snapshot from before. */
  readonly stale: boolean
  /** How old the snapshot is, on the monotonic clock. */
  readonly ageMs: number
}
