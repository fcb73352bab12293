export { type Clock, type EpochMs, MAX_TIMER_MS, systemClock, type Timer, toIso } from './clock.ts'
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
} from './control/config.ts'
export { configChanges } from './control/config-changes.ts'
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
} from './control/control.ts'
export {
  ERRORS,
  type ErrorCode,
  type ErrorDetails,
  type InvalidOptionsDetails,
  isSchedulerError,
  SchedulerError,
} from './errors.ts'
export type { SchedulerEvents } from './events.ts'
export type { ProcessProbe, ProcessReading } from './host/process-probe.ts'
export {
  type InstanceId,
  type OccurrenceKey,
  occurrenceId,
  parseRunId,
  type ReceiptId,
  type RunId,
  randomInstanceId,
  randomRunId,
  receiptId,
} from './ids.ts'
export { defineJob } from './job/define-job.ts'
export type { Handler, Job, JobOptions, RetryOptions } from './job/job.ts'
export type { ProviderCall, RunContext } from './job/run-context.ts'
export { createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './memory/create-memory-backend.ts'
export type { MemorySession } from './memory/memory-session.ts'
export { type CustomMetric, type CustomMetricOptions, defineMetric } from './metrics/custom-metric.ts'
export type { MetricDefinition } from './metrics/definition.ts'
export { definitionsFor, type PublishedDefinition } from './metrics/definitions.ts'
export { callMetric, evaluate, type MetricValue, runMetric } from './metrics/evaluate.ts'
export { formulaOf } from './metrics/formula.ts'
export type { History, HistoryPoint, HistoryQuery } from './metrics/history.ts'
export { METRICS, type MetricId, metricNamed } from './metrics/metrics.ts'
export { mean, percent } from './metrics/percent.ts'
export { percentile } from './metrics/percentile.ts'
export { type Scope, scopeOf } from './metrics/scope.ts'
export { seriesWidth } from './metrics/series.ts'
export type { Subject, Subjects } from './metrics/subjects.ts'
export type { DueRange, JobAudit } from './plan/audit.ts'
export type { Explanation } from './plan/explain.ts'
export type { ForeseenDueTime } from './plan/preview.ts'
export type { MisfirePolicy, OrphanPolicy, OverlapPolicy } from './policy/policies.ts'
export { createInProcessEngine, type Engine, type RunMessage, type RunOutcome } from './ports/engine.ts'
export {
  FEED_GRADES,
  type FeedAttainment,
  type FeedGrade,
  type FeedObservation,
  type FeedsSource,
  type FeedVerdict,
  type FeedWord,
  type ReadFeedsInput,
} from './ports/feeds.ts'
export { type Logger, silentLogger } from './ports/logger.ts'
export type * from './ports/measures.ts'
export type * from './ports/pages.ts'
export type { Receipt } from './ports/receipt.ts'
export type { PoolState, SessionOptions, SessionProvider } from './ports/session-provider.ts'
export type * from './ports/store.ts'
export { type Audience, defineAudience, type HostAudience, type LibraryAudience } from './reading/audience.ts'
export type { CustomDefinition, Described, MetricKind, Sensitivity } from './reading/described.ts'
export type * from './reading/snapshot.ts'
export { CIRCUIT_STATES, OBSERVED_STATES } from './reading/snapshot.ts'
export { type BaseUnit, UNITS, type UnitName } from './reading/units.ts'
export { isExactCount, MAX_COUNT } from './run/count.ts'
export {
  addTallies,
  CALL_COUNTERS,
  CALL_FACTS,
  CALL_MEASURES,
  type CallCounter,
  type CallMeasure,
  type CallTally,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  RUN_COUNTERS,
  RUN_FACTS,
  RUN_MEASURES,
  type RunCounter,
  type RunMeasure,
  type RunTally,
  type Tally,
  type TallyFacts,
  toTally,
} from './run/counters.ts'
export { addDistributions, type Distribution, distributionOf, EMPTY_DISTRIBUTION } from './run/distribution.ts'
export { bucketOf, EMPTY_HISTOGRAM, type Histogram } from './run/histogram.ts'
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
export {
  BUCKET_WIDTHS,
  type BucketWidth,
  bucketStart,
  coverWindow,
  type Span,
  WINDOWS,
  type WindowCover,
  type WindowId,
} from './run/windows.ts'
export { type CronOptions, cron } from './schedule/cron.ts'
export { describeSchedule } from './schedule/describe-schedule.ts'
export { type EveryOptions, every } from './schedule/every.ts'
export { type ExcludeDatesOptions, type ExclusionCalendar, excludeDates } from './schedule/exclusion-calendar.ts'
export { countDue, nextDue, previousDue } from './schedule/next-due.ts'
export { once } from './schedule/once.ts'
export { parseSchedule } from './schedule/parse-schedule.ts'
export type { CronSchedule, EverySchedule, OnceSchedule, Schedule } from './schedule/schedule.ts'
export { checkTimezone, createOffsetReader, findOffsetChange, type OffsetAt } from './schedule/zone.ts'
export { createScheduler } from './scheduler.ts'
export type {
  BackfillOptions,
  BackfillResult,
  CommandOptions,
  CommandResult,
  JobConfigInput,
  PauseOptions,
  RunJobResult,
  ScheduleInput,
  Scheduler,
  SnapshotOptions,
  TimeRange,
} from './scheduler-api.ts'
export type { SchedulerOptions } from './scheduler-options.ts'
export { adminStatusViewV1 } from './status/admin-status-v1.ts'
export { adminStatusViewV2 } from './status/admin-status-v2.ts'
export { marketDataStatusViewV1 } from './status/market-data-status-v1.ts'
export { marketDataStatusViewV2 } from './status/market-data-status-v2.ts'
export {
  type StatusOptions,
  toAdminStatus,
  toAdminStatusV2,
  toMarketDataStatus,
  toMarketDataStatusV2,
} from './status/to-status.ts'
export { byName, each, fact, feedCounts, ifKnown, type MetricJson, metric, only, orNull } from './view/bind.ts'
export type { Binding } from './view/bindings-of.ts'
export { defineView, type ResponseOf, type View, type ViewOptions } from './view/define-view.ts'
export type { FactId } from './view/facts.ts'
