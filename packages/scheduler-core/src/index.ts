export { type Clock, type EpochMs, MAX_TIMER_MS, systemClock, type Timer, toIso } from './clock.ts'
export {
  ERRORS,
  type ErrorCode,
  type ErrorDetails,
  type InvalidOptionsDetails,
  isSchedulerError,
  SchedulerError,
} from './errors.ts'
export type { SchedulerEvents } from './events.ts'
export {
  type InstanceId,
  type OccurrenceKey,
  occurrenceId,
  parseRunId,
  type RunId,
  randomInstanceId,
  randomRunId,
} from './ids.ts'
export { defineJob } from './job/define-job.ts'
export type {
  Handler,
  Job,
  JobOptions,
  MisfirePolicy,
  OrphanPolicy,
  OverlapPolicy,
  RetryOptions,
} from './job/job.ts'
export type { ProviderCall, RunContext } from './job/run-context.ts'
export { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './memory/create-memory-backend.ts'
export type { MemorySession } from './memory/memory-session.ts'
export { callMetric, runMetric } from './metrics/evaluate.ts'
export { METRICS, type MetricId } from './metrics/metrics.ts'
export {
  BUCKET_WIDTHS,
  type BucketWidth,
  bucketStart,
  coverWindow,
  type Span,
  type WindowCover,
} from './metrics/windows.ts'
export type { DueRange, JobAudit } from './plan/audit.ts'
export type { Explanation } from './plan/explain.ts'
export type { ForeseenDueTime } from './plan/preview.ts'
export type {
  Config,
  ConfigChange,
  ConfigPatch,
  ConfigValue,
  JobConfig,
  JobConfigPatch,
  Patch,
  ProviderConfig,
  RetryConfig,
} from './ports/config.ts'
export { configChanges } from './ports/config-changes.ts'
export {
  type Actor,
  applyToControl,
  COMMAND_KINDS,
  type Command,
  type CommandKind,
  type ControlState,
  DESIRED_STATES,
  type DesiredState,
  initialControl,
  type LogEntry,
  type Pause,
} from './ports/control.ts'
export { createInProcessEngine, type Engine, type RunMessage, type RunOutcome } from './ports/engine.ts'
export { type Logger, silentLogger } from './ports/logger.ts'
export type { SessionOptions, SessionProvider } from './ports/session-provider.ts'
export type * from './ports/store.ts'
export {
  addTallies,
  CALL_COUNTERS,
  type CallCounter,
  type CallTally,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  RUN_COUNTERS,
  type RunCounter,
  type RunTally,
  type Tally,
} from './run/counters.ts'
export {
  type ItemCounts,
  type LedgerEntry,
  type NewRun,
  type NewUnrunRange,
  NO_ITEMS,
  type ProviderCalls,
  type Run,
  type RunProgress,
  type Settlement,
  type UnrunRange,
} from './run/ledger-entry.ts'
export {
  LEDGER_STATES,
  type LedgerState,
  RUN_TRIGGERS,
  type RunState,
  type RunTrigger,
  SETTLED_RUN_STATES,
  type SettledRunState,
  SKIP_REASONS,
  type SkipReason,
  UNRUN_STATES,
  type UnrunState,
} from './run/states.ts'
export type { StoredError } from './run/stored-error.ts'
export { tallySettlement, tallyUnrun } from './run/tally-entry.ts'
export { type CronOptions, cron } from './schedule/cron.ts'
export { describeSchedule } from './schedule/describe-schedule.ts'
export { type EveryOptions, every } from './schedule/every.ts'
export { type ExcludeDatesOptions, type ExclusionCalendar, excludeDates } from './schedule/exclusion-calendar.ts'
export { countDue, nextDue, previousDue } from './schedule/next-due.ts'
export { once } from './schedule/once.ts'
export { parseSchedule } from './schedule/parse-schedule.ts'
export type { CronSchedule, EverySchedule, OnceSchedule, Schedule } from './schedule/schedule.ts'
export { createScheduler } from './scheduler.ts'
export type {
  BackfillOptions,
  CommandOptions,
  CommandResult,
  JobConfigInput,
  PauseOptions,
  ScheduleInput,
  Scheduler,
  SnapshotOptions,
  TimeRange,
} from './scheduler-api.ts'
export type { SchedulerOptions } from './scheduler-options.ts'
export type * from './snapshot/snapshot.ts'
export { type StatusOptions, toAdminStatus } from './snapshot/to-admin-status.ts'
export { toMarketDataStatus } from './snapshot/to-market-data-status.ts'
