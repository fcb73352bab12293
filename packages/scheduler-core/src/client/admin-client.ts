import type { ConfigBody, JobConfigBody } from '../contract/config-requests.ts'
import type {
  BackfillQueuedView,
  CancelRequestedView,
  CommandResultView,
  ConfigurationView,
  LogPageView,
  RunStartedView,
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
import type { CommandBody, LogQueryParams, PauseBody, RunsQueryParams } from '../contract/requests.ts'
import type { LedgerEntryView, LedgerPageView } from '../contract/run.ts'
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
  run(id: string): Promise<LedgerEntryView>
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
  stop(body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  pause(body?: PauseBody, options?: CommandCall): Promise<CommandResultView>
  resume(body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  runJob(job: string, body?: CommandBody, options?: CommandCall): Promise<RunStartedView>
  pauseJob(job: string, body?: PauseBody, options?: CommandCall): Promise<CommandResultView>
  resumeJob(job: string, body?: CommandBody, options?: CommandCall): Promise<CommandResultView>
  backfillJob(job: string, body: BackfillBody, options?: CommandCall): Promise<BackfillQueuedView>
  cancelRun(id: string, body?: CommandBody, options?: CommandCall): Promise<CancelRequestedView>
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
  function command<T>(path: string, method: 'POST' | 'PATCH' = 'POST') {
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
    backfillJob: (job, ...rest) => command<BackfillQueuedView>(jobPath(job, '/backfill'))(...rest),
    cancelRun: (id, ...rest) => command<CancelRequestedView>(`/runs/${encodeURIComponent(id)}/cancel`)(...rest),
    configure: command('/config', 'PATCH'),
    configureJob: (job, ...rest) => command<CommandResultView>(jobPath(job), 'PATCH')(...rest),
  }
}

function jobPath(job: string, below = ''): string {
  return `/jobs/${encodeURIComponent(job)}${below}`
}
