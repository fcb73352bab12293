import '#node-floor'

/** The zod of this package, for the inputs of jobs: a schema of another copy may be of another version. */
export { z } from 'zod'
export type {
  BackfillOptions,
  BackfillPreview,
  BackfillQueue,
  BackfillResult,
  CancelBackfillResult,
} from './api/backfills.ts'
export type { BulkOptions, BulkResult, JobMatch, PauseJobsOptions } from './api/bulk.ts'
export type {
  CommandOptions,
  CommandResult,
  PauseOptions,
  RunJobOptions,
  RunJobResult,
  StopOptions,
} from './api/commands.ts'
export type { JobChanges } from './api/job-changes.ts'
export type { JobConfigInput } from './api/job-config-input.ts'
export type {
  AuditQuery,
  DueTimesPage,
  DueTimesQuery,
  PreviewOptions,
  RunsQuery,
  SnapshotOptions,
  TimeRange,
} from './api/queries.ts'
export type { ReadOptions } from './api/read-options.ts'
export type { TemplateCommands, TemplateResult, TemplateSummary } from './api/template-commands.ts'
export type { CommandLimits } from './budget/command-limits.ts'
export type { ReadsOptions } from './budget/reads.ts'
export { type Clock, type EpochMs, type Instant, type Look, systemClock, type Timer } from './clock.ts'
export type { ConfigPatch, JobConfig, SchedulerConfig } from './control/config.ts'
export type { CommandActor, CommandKind, ControlState, DesiredState, LogEntry, Pause } from './control/control.ts'
export {
  type ErrorCode,
  type ErrorDetails,
  type InvalidInputDetails,
  type InvalidOptionsDetails,
  isSchedulerError,
  SchedulerError,
} from './errors.ts'
export type { SchedulerEvents } from './events.ts'
export { type ConsoleLoggerOptions, consoleLogger, type LogLevel } from './host/console-logger.ts'
export type { HealthReasons } from './host/guard-health-reasons.ts'
export type { ProcessProbe, ProcessReading } from './host/process-probe.ts'
export type { RunId } from './ids.ts'
export type { JobAbout, JobAboutOptions } from './job/about.ts'
export { defineJob } from './job/define-job.ts'
export type { TemplateUse } from './job/definitions.ts'
export type { AnyJobOptions, InputTerms, Job, JobHandler, JobOptions, RetryOptions } from './job/job.ts'
export {
  type AnyJobTemplate,
  defineJobTemplate,
  type JobTemplateOptions,
  type TemplateContext,
  type TemplateHandler,
} from './job/job-template.ts'
export type { JsonSchema } from './job/json-schema.ts'
export type { OnRunError, RunErrorContext } from './job/on-run-error.ts'
export type { ProviderCall, RunContext } from './job/run-context.ts'
export { secretInput } from './job/secret-input.ts'
export type { TemplatedJobChange, TemplatedJobOptions } from './job/templated-options.ts'
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
export type { AroundRun, BeginningRun, RunObserver, RunOutcome } from './ports/around-run.ts'
export type { Declared } from './ports/declared.ts'
export type {
  FeedAttainment,
  FeedAttempt,
  FeedAttribute,
  FeedAttributes,
  FeedAttributeValue,
  FeedGrade,
  FeedGroup,
  FeedObservation,
  FeedReason,
  FeedsSource,
  FeedVerdict,
  FeedWord,
  JudgedFeedView,
  ReadFeedsInput,
} from './ports/feeds.ts'
export { type Logger, silentLogger } from './ports/logger.ts'
export type { LedgerQuery, LogQuery, ResultPage } from './ports/pages.ts'
export type {
  ConditionAlarm,
  ProviderAttribute,
  ProviderAttributeKind,
  ProviderCondition,
  ProviderDescription,
  ProvidersSource,
} from './ports/providers.ts'
export type { SessionProvider } from './ports/session-provider.ts'
export { type Audience, defineAudience, type HostAudience, type LibraryAudience } from './reading/audience.ts'
export type { JobFilter } from './reading/job-filter.ts'
export type {
  ObservedState,
  SchedulerSnapshot,
  SnapshotReading,
} from './reading/snapshot.ts'
export type { JsonValue } from './run/json-value.ts'
export type { ItemCounts, LedgerEntry, Run, UnrunRange } from './run/ledger-entry.ts'
export type { PastAttempt, PastError } from './run/past-attempt.ts'
export type { LedgerState, RunState, RunTrigger, SettledRunState, SkipReason, UnrunState } from './run/states.ts'
export type { StoredCause } from './run/stored-cause.ts'
export type { StoredError } from './run/stored-error.ts'
export { type CronOptions, cron } from './schedule/cron.ts'
export type { CronDialect } from './schedule/cron-dialect.ts'
export { describeSchedule } from './schedule/describe-schedule.ts'
export { type EveryOptions, every } from './schedule/every.ts'
export { type ExcludeDatesOptions, type ExclusionCalendar, excludeDates } from './schedule/exclusion-calendar.ts'
export { nextDue } from './schedule/next-due.ts'
export { once } from './schedule/once.ts'
export { parseSchedule } from './schedule/parse-schedule.ts'
export type { CronSchedule, EverySchedule, OnceSchedule, OnDemandSchedule, Schedule } from './schedule/schedule.ts'
export type { ScheduleInput } from './schedule/schedule-input.ts'
export { checkTimezone, createOffsetReader, findOffsetChange, type OffsetAt } from './schedule/zone.ts'
export { createScheduler } from './scheduler.ts'
export type { HostScheduler, Scheduler } from './scheduler-api.ts'
export type { ObserverOptions, SchedulerOptions } from './scheduler-options.ts'
export type { SchedulerRole } from './state/role.ts'
export {
  type StatusOptions,
  toAdminStatus,
  toAdminStatusV2,
  toMarketDataStatus,
  toMarketDataStatusV2,
} from './status/to-status.ts'
export { createWorker } from './worker.ts'
export type { HostWorker, Worker, WorkerHealth } from './worker-api.ts'
export type { WorkerOptions } from './worker-options.ts'
