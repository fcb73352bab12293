/** Whom a set of routes is for. */
export type HttpView = 'admin' | 'market-data' | 'health'

/** `control` changes something and is served by POST and PATCH alone. */
export type RouteAccess = 'read' | 'control'

/** What a route does, as `authorize` is asked about it. */
export type RouteAction =
  | 'read-status'
  | 'read-events'
  | 'list-jobs'
  | 'read-job'
  | 'list-runs'
  | 'read-run'
  | 'read-log'
  | 'preview-job'
  | 'explain-job'
  | 'read-history'
  | 'audit'
  | 'read-config'
  | 'read-openapi'
  | 'list-providers'
  | 'read-definitions'
  | 'read-freshness'
  | 'probe'
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

/** What a request asks for. `job` is the job that its path names, as it was spelt; it need not exist. */
export interface AuthorizationTarget {
  readonly view: HttpView
  readonly action: RouteAction
  readonly access: RouteAccess
  readonly job: string | null
}

/** Who makes a request. The name is kept as `by` in the control log. */
export interface Principal {
  readonly name: string
}
