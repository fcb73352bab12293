import type { BackfillCancelledView, BackfillQueueView } from '../contract/backfill-queue.ts'
import type { BulkBody, BulkResultView, PauseJobsBody } from '../contract/bulk.ts'
import type { ConfigBody, JobConfigBody } from '../contract/config-requests.ts'
import type {
  BackfillQueuedView,
  CancelRequestedView,
  CommandResultView,
  ConfigurationView,
  LogPageView,
  RunStartedView,
  StopAcceptedView,
} from '../contract/control.ts'
import type { DueTimeListView } from '../contract/due-time-list.ts'
import type {
  AuditQueryParams,
  BackfillBody,
  BackfillQueryParams,
  DueTimesQueryParams,
  ExplainQueryParams,
  PreviewQueryParams,
  UpcomingQueryParams,
} from '../contract/due-time-requests.ts'
import type {
  AuditView,
  BackfillPreviewView,
  ExplanationView,
  PreviewView,
  UpcomingView,
} from '../contract/due-times.ts'
import type { HistoryQueryParams, HistoryView } from '../contract/history.ts'
import type { JobListView, JobView } from '../contract/job.ts'
import type { JobsQueryParams, StatusQueryParams } from '../contract/list-requests.ts'
import type { MetricDefinitionsView } from '../contract/metric-definitions.ts'
import type {
  CommandBody,
  ForgetBody,
  LogQueryParams,
  PauseBody,
  RunBody,
  RunsQueryParams,
} from '../contract/requests.ts'
import type { LedgerPageView } from '../contract/run.ts'
import type { LedgerRowView } from '../contract/run-detail.ts'
import type {
  CreateJobsBody,
  RemoveJobsBody,
  TemplateListView,
  TemplateResultView,
  TemplateUseView,
  UpdateJobsBody,
} from '../contract/templates.ts'
import type { AdminAnswerOf, AdminChangesOf, AdminStatusOf, StatusVersion } from '../contract/versions.ts'
import type { StatusListener, Subscription } from './subscription.ts'
import type { Transport } from './transport.ts'

/** The reads and the commands of operations. */
export interface AdminClient<V extends StatusVersion = 'v1'> {
  /**
   * `query` is for version 2: it makes the status smaller, which its type does not tell, or explains a number, in the
   * answer's `explain`.
   */
  status(query?: Params<StatusQueryParams>): Promise<AdminAnswerOf[V]>
  /** Calls the listener with the present status and every new one, until it is closed. */
  subscribe(listener: StatusListener<AdminStatusOf[V], AdminChangesOf[V]>): Subscription
  /** A page of the jobs; `cursor` is the `next_cursor` of the page before. */
  jobs(query?: Params<JobsQueryParams>): Promise<JobListView>
  job(job: string): Promise<JobView>
  preview(job: string, query?: Params<PreviewQueryParams>): Promise<PreviewView>
  /** The next due times of all jobs together. */
  upcoming(query?: Params<UpcomingQueryParams>): Promise<UpcomingView>
  /** What a backfill of a range would run. */
  previewBackfill(job: string, query: Params<BackfillQueryParams>): Promise<BackfillPreviewView>
  explain(job: string, query: Params<ExplainQueryParams>): Promise<ExplanationView>
  /** A page of the job's due times, oldest first, each with its fate; `cursor` is the `next_cursor` of the page before. */
  dueTimes(job: string, query?: Params<DueTimesQueryParams>): Promise<DueTimeListView>
  /** A page of the ledger, latest first; `cursor` is the `next_cursor` of the page before. */
  runs(query?: Params<RunsQueryParams>): Promise<LedgerPageView>
  run(id: string): Promise<LedgerRowView>
  /** One value of a metric for each step of a range. */
  history(query: Params<HistoryQueryParams>): Promise<HistoryView>
  audit(query: Params<AuditQueryParams>): Promise<AuditView>
  /** The settings made at run time, and the version that commands may be based on. */
  config(): Promise<ConfigurationView>
  /** A page of the commands, latest first; with `run_id`, those that started or cancelled the run. */
  log(query?: Params<LogQueryParams>): Promise<LogPageView>
  /** The definitions of the numbers that the view may show. */
  definitions(): Promise<MetricDefinitionsView>

  start(body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  /** Resolves when the stop is accepted. The runs under way end after that; the status tells when. */
  stop(body?: CommandBody, options?: CommandCall): Promise<StopAcceptedView>
  pause(body?: PauseBody, options?: CommandCall): Promise<CommandResultView>
  resume(body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  runJob(job: string, body?: RunBody, options?: CommandCall): Promise<RunStartedView>
  pauseJob(job: string, body?: PauseBody, options?: CommandCall): Promise<CommandResultView>
  resumeJob(job: string, body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  /** With `dry_run` it only says whom it would meet. */
  pauseJobs(body: PauseJobsBody, options?: CommandCall): Promise<BulkResultView>
  resumeJobs(body: BulkBody, options?: CommandCall): Promise<BulkResultView>
  runJobs(body: BulkBody, options?: CommandCall): Promise<BulkResultView>
  /** The templates, and how many jobs each has. */
  templates(): Promise<TemplateListView>
  /** The template and the parameters of a job. */
  templateOf(job: string): Promise<TemplateUseView>
  /** Makes jobs of templates: all of them, or none. */
  createJobs(body: CreateJobsBody, options?: CommandCall): Promise<TemplateResultView>
  updateJobs(body: UpdateJobsBody, options?: CommandCall): Promise<TemplateResultView>
  removeJobs(body: RemoveJobsBody, options?: CommandCall): Promise<TemplateResultView>
  /** What is left of the job's backfills in the process that answers. */
  backfillQueue(job: string): Promise<BackfillQueueView>
  cancelBackfill(job: string, body?: CommandBody, options?: CommandCall): Promise<BackfillCancelledView>
  backfillJob(job: string, body: BackfillBody, options?: CommandCall): Promise<BackfillQueuedView>
  cancelRun(id: string, body?: CommandBody, options?: CommandCall): Promise<CancelRequestedView>
  /** Erases the past of a retired job. */
  forgetJob(job: string, body: ForgetBody, options?: CommandCall): Promise<CommandResultView>
  configure(body: ConfigBody, options?: CommandCall): Promise<CommandResultView>
  configureJob(job: string, body: JobConfigBody, options?: CommandCall): Promise<CommandResultView>
}

export interface CommandCall {
  /** Identifies this command: sent again after a failure, it is not repeated. */
  readonly idempotencyKey?: string
  /** The `ETag` of the configuration that this command is based on. */
  readonly ifMatch?: string
}

/** A query's parameters, with numbers as numbers. */
export type Params<T> = { readonly [K in keyof T]: T[K] | number }

export function createAdminClient<V extends StatusVersion>({ json }: Transport): Omit<AdminClient<V>, 'subscribe'> {
  function command<T>(path: string, method: 'POST' | 'PATCH' | 'DELETE' = 'POST') {
    return (body: object = {}, { idempotencyKey, ifMatch }: CommandCall = {}): Promise<T> => {
      const headers = {
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      }
      return json(path, { method, body, headers })
    }
  }

  return {
    status: (query) => json('/status', query && { query }),
    jobs: (query) => json('/jobs', query && { query }),
    job: (job) => json(jobPath(job)),
    preview: (job, query) => json(jobPath(job, '/preview'), query && { query }),
    upcoming: (query) => json('/preview', query && { query }),
    previewBackfill: (job, query) => json(jobPath(job, '/backfill'), { query }),
    explain: (job, query) => json(jobPath(job, '/explain'), { query }),
    dueTimes: (job, query) => json(jobPath(job, '/due-times'), query && { query }),
    runs: (query) => json('/runs', query && { query }),
    run: (id) => json(`/runs/${encodeURIComponent(id)}`),
    history: (query) => json('/history', { query }),
    audit: (query) => json('/audit', { query }),
    config: () => json('/config'),
    definitions: () => json('/metrics/definitions'),
    log: (query) => json('/log', query && { query }),
    start: command('/start'),
    stop: command('/stop'),
    pause: command('/pause'),
    resume: command('/resume'),
    runJob: (job, ...rest) => command<RunStartedView>(jobPath(job, '/run'))(...rest),
    pauseJob: (job, ...rest) => command<CommandResultView>(jobPath(job, '/pause'))(...rest),
    resumeJob: (job, ...rest) => command<CommandResultView>(jobPath(job, '/resume'))(...rest),
    pauseJobs: command('/pause-jobs'),
    resumeJobs: command('/resume-jobs'),
    runJobs: command('/run-jobs'),
    templates: () => json('/templates'),
    templateOf: (job) => json(jobPath(job, '/template')),
    createJobs: command('/create-jobs'),
    updateJobs: command('/update-jobs'),
    removeJobs: command('/remove-jobs'),
    backfillQueue: (job) => json(jobPath(job, '/backfill/queue')),
    cancelBackfill: (job, ...rest) => command<BackfillCancelledView>(jobPath(job, '/backfill/cancel'))(...rest),
    backfillJob: (job, ...rest) => command<BackfillQueuedView>(jobPath(job, '/backfill'))(...rest),
    cancelRun: (id, ...rest) => command<CancelRequestedView>(`/runs/${encodeURIComponent(id)}/cancel`)(...rest),
    configure: command('/config', 'PATCH'),
    forgetJob: (job, ...rest) => command<CommandResultView>(jobPath(job), 'DELETE')(...rest),
    configureJob: (job, ...rest) => command<CommandResultView>(jobPath(job), 'PATCH')(...rest),
  }
}

function jobPath(job: string, below = ''): string {
  return `/jobs/${encodeURIComponent(job)}${below}`
}
