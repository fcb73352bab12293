/** The sets of routes, named for their users. */
export type HttpView = 'admin' | 'market-data' | 'health'

/**
 * `control` changes something, and is served by POST, PATCH and DELETE alone. Only the action `read-stack` changes nothing:
 * it is for those who may control the job.
 */
export type RouteAccess = 'read' | 'control'

/** The action of a route, as `authorize` gets it. */
export type RouteAction =
  | 'read-status'
  | 'read-events'
  | 'list-jobs'
  | 'read-job'
  | 'list-runs'
  | 'read-run'
  /** Beside `read-run`, with the access `control`: whether the answer may contain where the run's error was thrown. */
  | 'read-stack'
  | 'read-log'
  | 'preview'
  | 'preview-job'
  | 'preview-backfill'
  | 'explain-job'
  | 'list-due-times'
  | 'read-backfill-queue'
  | 'list-templates'
  | 'read-template'
  | 'read-history'
  | 'audit'
  | 'read-config'
  | 'read-openapi'
  | 'list-providers'
  | 'read-definitions'
  | 'read-freshness'
  | 'probe'
  | 'open-page'
  | 'start'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'run-job'
  | 'pause-job'
  | 'resume-job'
  | 'pause-jobs'
  | 'resume-jobs'
  | 'run-jobs'
  | 'create-jobs'
  | 'update-jobs'
  | 'remove-jobs'
  | 'cancel-run'
  | 'forget-job'
  | 'backfill-job'
  | 'cancel-backfill'
  | 'configure'
  | 'configure-job'

/** The target of a request. `job` is the job in its path as the caller spelt it; it need not exist. */
export interface AuthorizationTarget {
  readonly view: HttpView
  readonly action: RouteAction
  readonly access: RouteAccess
  readonly job: string | null
}

/** The caller of a request. The control log keeps the name as `by`. */
export interface Principal {
  readonly name: string
}
