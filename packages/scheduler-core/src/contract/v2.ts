export type { MetricJson } from '../view/bind.ts'
export { type MetricExplanationView, metricExplanation } from '../view/metric-explanation.ts'
export {
  type BackfillCancelledView,
  type BackfillQueueView,
  backfillCancelled,
  backfillQueue,
} from './backfill-queue.ts'
export {
  type BulkBody,
  type BulkResultView,
  bulkBody,
  bulkResult,
  type PauseJobsBody,
  pauseJobsBody,
} from './bulk.ts'
export { type ConfigBody, configBody, type JobConfigBody, jobConfigBody } from './config-requests.ts'
export {
  type BackfillQueuedView,
  backfillQueued,
  type CancelRequestedView,
  type CommandResultView,
  type ConfigurationView,
  type ConfigView,
  type ControlMarkView,
  cancelRequested,
  commandResult,
  config,
  configuration,
  controlMark,
  type LogEntryView,
  type LogPageView,
  logEntry,
  logPage,
  type RunStartedView,
  runStarted,
  type StopAcceptedView,
  stopAccepted,
} from './control.ts'
export {
  type DueRunView,
  type DueTimeListView,
  type DueTimeView,
  dueRun,
  dueTime,
  dueTimeList,
} from './due-time-list.ts'
export {
  type AuditQueryParams,
  auditQuery,
  type BackfillBody,
  type BackfillQueryParams,
  backfillBody,
  backfillQuery,
  type DueTimesQueryParams,
  dueTimesQuery,
  type ExplainQueryParams,
  explainQuery,
  type PreviewQueryParams,
  previewQuery,
  type UpcomingQueryParams,
  upcomingQuery,
} from './due-time-requests.ts'
export {
  type AuditView,
  audit,
  type BackfillPreviewView,
  backfillPreview,
  type ExplanationView,
  explanation,
  type ForeseenDueTimeView,
  foreseenDueTime,
  type JobAuditView,
  jobAudit,
  type PreviewView,
  preview,
  type UpcomingView,
  upcoming,
} from './due-times.ts'
export {
  type AdminChanges,
  type AdminEventV2,
  adminEventV2,
  type ChangedFeed,
  type MarketDataChanges,
  type MarketDataEventV2,
  marketDataEventV2,
} from './events.ts'
export { type FreshnessView, freshness } from './freshness.ts'
export { type Health, health } from './health.ts'
export { type HistoryQueryParams, type HistoryView, history, historyQuery } from './history.ts'
export {
  type JobConfigView,
  type JobListView,
  type JobView,
  job,
  jobConfig,
  jobList,
  type PauseView,
  type PoliciesView,
  policies,
  type ScheduleView,
} from './job.ts'
export {
  adminStatusQuery,
  type FreshnessQueryParams,
  freshnessQuery,
  type JobsQueryParams,
  jobsQuery,
  marketDataStatusQuery,
  providersQuery,
  type StatusQueryParams,
  type ViewQueryParams,
} from './list-requests.ts'
export { type MetricDefinitionsView, metricDefinitions } from './metric-definitions.ts'
export { type Problem, problem } from './problem.ts'
export { type ProviderListView, type ProviderView, providerList } from './provider.ts'
export {
  type CommandBody,
  commandBody,
  type ForgetBody,
  forgetBody,
  type LogQueryParams,
  logQuery,
  type PageQueryParams,
  type PauseBody,
  pauseBody,
  type RunBody,
  type RunsQueryParams,
  runBody,
  runsQuery,
} from './requests.ts'
export {
  type LedgerEntryView,
  type LedgerPageView,
  ledgerEntry,
  ledgerPage,
  type RunView,
  run,
  type UnrunView,
  unrun,
} from './run.ts'
export { type LedgerRowView, ledgerRow, type RunDetailView, runDetail } from './run-detail.ts'
export {
  type AdminStatusV2,
  adminStatusV2,
  type Explained,
  type MarketDataStatusV2,
  marketDataStatusV2,
} from './status-v2.ts'
export {
  type ChangedJobBody,
  type CreateJobsBody,
  createJobsBody,
  type NewJobBody,
  type RemoveJobsBody,
  removeJobsBody,
  type TemplateListView,
  type TemplateResultView,
  type TemplateUseView,
  templateList,
  templateResult,
  templateUse,
  type UpdateJobsBody,
  updateJobsBody,
} from './templates.ts'
