import '#node-floor'

export { type Clock, type EpochMs, type Instant, systemClock, type Timer } from './clock.ts'
export type { ConfigPatch, JobConfig, SchedulerConfig } from './control/config.ts'
export type { CommandActor, CommandKind, ControlState, DesiredState, LogEntry, Pause } from './control/control.ts'
export {
  type ErrorCode,
  type ErrorDetails,
  type InvalidOptionsDetails,
  isSchedulerError,
  SchedulerError,
} from './errors.ts'
export type { SchedulerEvents } from './events.ts'
export type { ProcessProbe, ProcessReading } from './host/process-probe.ts'
export type { RunId } from './ids.ts'
export { defineJob } from './job/define-job.ts'
export type { Job, JobHandler, JobOptions, RetryOptions } from './job/job.ts'
export type { ProviderCall, RunContext } from './job/run-context.ts'
export { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './memory/create-memory-backend.ts'
export type { MemorySession } from './memory/memory-session.ts'
export { type CustomMetric, type CustomMetricOptions, defineMetric } from './metrics/custom-metric.ts'
export type { HistoryQuery, MetricHistory, MetricHistoryPoint } from './metrics/history.ts'
export type { DueRange, JobAudit } from './plan/audit.ts'
export type { DueTime } from './plan/due-times.ts'
export type { DueTimeExplanation } from './plan/explain.ts'
export type { DueTimeJudgement, UnknownReason } from './plan/judge-due-time.ts'
export type { ForeseenDueTime } from './plan/preview.ts'
export type { UpcomingDueTime } from './plan/upcoming.ts'
export type {
  CheckedJobPolicies,
  MisfirePolicy,
  OrphanPolicy,
  OverlapPolicy,
  PartialJobPolicies,
  PartialRetryPolicies,
} from './policy/policies.ts'
export type { Declared } from './ports/declared.ts'
export type {
  FeedAttainment,
  FeedGrade,
  FeedObservation,
  FeedsSource,
  FeedVerdict,
  FeedWord,
  ReadFeedsInput,
} from './ports/feeds.ts'
export { type Logger, silentLogger } from './ports/logger.ts'
export type { LedgerQuery, LogQuery, ResultPage } from './ports/pages.ts'
export type {
  ConditionAlarm,
  ProviderCondition,
  ProviderDescription,
  ProvidersSource,
} from './ports/providers.ts'
export type { SessionProvider } from './ports/session-provider.ts'
export { type Audience, defineAudience, type HostAudience, type LibraryAudience } from './reading/audience.ts'
export type {
  ObservedState,
  SchedulerSnapshot,
  SnapshotReading,
} from './reading/snapshot.ts'
export type { ItemCounts, LedgerEntry, Run, UnrunRange } from './run/ledger-entry.ts'
export type { LedgerState, RunState, RunTrigger, SettledRunState, SkipReason, UnrunState } from './run/states.ts'
export type { StoredError } from './run/stored-error.ts'
export { type CronOptions, cron } from './schedule/cron.ts'
export { describeSchedule } from './schedule/describe-schedule.ts'
export { type EveryOptions, every } from './schedule/every.ts'
export { type ExcludeDatesOptions, type ExclusionCalendar, excludeDates } from './schedule/exclusion-calendar.ts'
export { nextDue } from './schedule/next-due.ts'
export { once } from './schedule/once.ts'
export { parseSchedule } from './schedule/parse-schedule.ts'
export type { CronSchedule, EverySchedule, OnceSchedule, Schedule } from './schedule/schedule.ts'
export { checkTimezone, createOffsetReader, findOffsetChange, type OffsetAt } from './schedule/zone.ts'
export { createScheduler } from './scheduler.ts'
export type {
  AuditQuery,
  BackfillOptions,
  BackfillPreview,
  BackfillResult,
  CommandOptions,
  CommandResult,
  DueTimesPage,
  DueTimesQuery,
  JobConfigInput,
  PauseOptions,
  PreviewOptions,
  RunJobResult,
  RunsQuery,
  ScheduleInput,
  Scheduler,
  SnapshotOptions,
  TimeRange,
} from './scheduler-api.ts'
export type { SchedulerOptions } from './scheduler-options.ts'
export {
  type StatusOptions,
  toAdminStatus,
  toAdminStatusV2,
  toMarketDataStatus,
  toMarketDataStatusV2,
} from './status/to-status.ts'
