/** The sets of routes, named for their users. */
export type HttpView = 'admin' | 'market-data' | 'health'

/** `control` changes something and is served by POST and PATCH alone. */
export type RouteAccess = 'read' | 'control'

/** The action of a route, as `authorize` gets it. */
export type RouteAction =
  | 'read-status'
  | 'read-events'
  | 'list-jobs'
  | 'read-job'
  | 'list-runs'
  | 'read-run'
  | 'read-log'
  | 'preview'
  | 'preview-job'
  | 'preview-backfill'
  | 'explain-job'
  | 'list-due-times'
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
  | 'cancel-run'
  | 'backfill-job'
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
