import { systemClock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { parseQuery } from '../exchange/parse-query.ts'
import { toProblem, toSchedulerError } from '../exchange/problem.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { AuthorizationTarget } from '../guard/access.ts'
import { createHostCheck } from '../guard/allowed-hosts.ts'
import { type Admitted, ANONYMOUS, admit, unsafeAllowAll } from '../guard/authorize.ts'
import { refuseCrossSite } from '../guard/cross-site.ts'
import { type JobScope, withoutFormerNames } from '../guard/job-scope.ts'
import type { Route, RouteContext } from '../routes/route.ts'
import { STATUS } from '../routes/status-route.ts'
import { createLogUrls } from '../views/log-urls.ts'
import type { HttpServiceOptions, RequestFailure } from './options.ts'
import { createRefusals } from './refusals.ts'

/** The routes of one path, and a request for it. */
export interface Dispatched<R> {
  readonly routes: readonly Route[]
  readonly request: PlainRequest
  readonly native: R
}

/** What a handler may use that depends on the jobs that the caller is told of. */
export type Seen = Pick<RouteContext, 'scheduler' | 'events' | 'openApi'>

export interface DispatchOptions<R> extends Pick<RouteContext, 'statusOf'> {
  readonly options: HttpServiceOptions<R>
  /** What a caller sees who is told of these jobs; with `null`, of all. */
  readonly seenBy: (jobs: JobScope | null) => Seen
}

/** Whoever sent a request, as far as it says so. */
export type Caller<R> = Pick<Dispatched<R>, 'native' | 'request'>

export interface Dispatch<R> {
  /**
   * Handles a request in this order: method, host, caller, origin, then the route's own handler. Methods that a path does not
   * have, and the question which it has, are answered as unknown paths are. An error on the way becomes a
   * problem; the promise never rejects.
   */
  dispatch(dispatched: Dispatched<R>): Promise<PlainResponse>
  /**
   * Answers a path without a route with this error, and first asks who calls as the status does: without a login a path
   * that is none looks like one that is, whatever the method. Never rejects.
   */
  refuse(call: Caller<R>, error: SchedulerError): Promise<PlainResponse>
  /** Reports the refused streams and questions that are still being counted. */
  reportRefused(): void
}

export function createDispatch<R>(
  scheduler: Pick<Scheduler, 'name' | 'commandLimits' | 'presentNameOf'>,
  { options, statusOf, seenBy }: DispatchOptions<R>,
): Dispatch<R> {
  const { clock = systemClock } = options
  const reporter = createReporter(scheduler.name, options)
  const admitted = createAdmission(options, reporter)
  const limits = (options.view === 'admin' && options.commandLimits) || scheduler.commandLimits
  const allowedOrigins = new Set(options.view === 'admin' ? options.allowedOrigins : [])
  const hook = options.view === 'admin' ? options.runLogUrl : undefined

  const refusals = createRefusals({
    clock,
    report: (error, { route, count }) => reporter({ route: { id: route }, error, count }),
  })

  function tell(failure: Failure): void {
    if (refusals.takes(failure.error, failure.route.id)) return
    reporter(failure)
  }

  /** An answer that tells whether there is such a path, for whoever may read the status. */
  function tellReader(caller: Caller<R>, answer: PlainResponse): Promise<PlainResponse> {
    return admitted(caller, { route: STATUS, job: null }).then(
      () => answer,
      (refused) => toProblem(toSchedulerError(refused)),
    )
  }

  /** By a former name of a job nobody gets at what is refused under its present one. */
  async function assertMayForPresent(job: string | null, { jobs, mayFor }: Permission): Promise<void> {
    const present = job === null ? null : scheduler.presentNameOf(job)
    if (present === null || present === job || jobs?.has(present) === false) return
    if (!(await mayFor(present))) throw new SchedulerError('FORBIDDEN', {})
  }

  async function dispatch({ routes, request, native }: Dispatched<R>): Promise<PlainResponse> {
    const allow = allowOf(routes)
    const caller = { native, request }
    if (request.method === 'OPTIONS') return tellReader(caller, { status: 204, headers: { allow }, body: null })
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const route = routes.find((candidate) => candidate.method === method)
    if (!route) return tellReader(caller, toProblem(new SchedulerError('METHOD_NOT_ALLOWED', { allow })))
    const subject = { job: jobOf(route, request), runId: runOf(route, request) }
    try {
      const { principal, jobs: allowed } = await admitted(caller, { route, ...subject })
      const jobs = allowed && withoutFormerNames(allowed, scheduler.presentNameOf)
      const logUrlOf = createLogUrls({ hook, onFailure: (error) => reporter({ route, error, ...subject }) })
      const mayFor: RouteContext['mayFor'] = async (job, asked = {}) => {
        if (options.authorize === undefined || (jobs !== null && !jobs.has(job))) return false
        const verdict = await admitted(caller, { route: { ...route, ...asked }, job }).catch(() => null)
        return verdict !== null && (verdict.jobs?.has(job) ?? true)
      }
      await assertMayForPresent(subject.job, { jobs, mayFor })
      const context = { ...seenBy(jobs), request, principal, clock, statusOf, logUrlOf, mayFor }
      if (route.access === 'read') return await route.handler(context)
      refuseCrossSite(request, allowedOrigins)
      limits.take(principal.name)
      return await route.handler(context)
    } catch (thrown) {
      const error = toSchedulerError(thrown)
      if (error.status >= 500) tell({ route, error: thrown, ...subject })
      return toProblem(error)
    }
  }

  return {
    dispatch,
    reportRefused: refusals.flush,
    refuse: (caller, error) => tellReader(caller, toProblem(error)),
  }
}

interface Permission extends Pick<RouteContext, 'mayFor'> {
  readonly jobs: JobScope | null
}

interface Asked {
  readonly route: Pick<Route, 'id' | 'action' | 'access'>
  readonly job: string | null
  readonly runId?: string | null
}

function createAdmission<R>(
  options: HttpServiceOptions<R>,
  reporter: (failure: Failure) => void,
): (caller: Caller<R>, asked: Asked) => Promise<Admitted> {
  const { view, authorize, authorizeTimeoutMs: timeoutMs = 5_000, clock = systemClock } = options
  if (authorize === undefined) return async () => NOBODY
  const allowedHosts = options.view === 'health' ? undefined : options.allowedHosts
  const refuseForeignHost = createHostCheck({ allowedHosts, needsLogin: authorize !== unsafeAllowAll })
  return async ({ native, request }, asked) => {
    refuseForeignHost(request.hosts)
    const { route, job } = asked
    const target: AuthorizationTarget = { view, action: route.action, access: route.access, job }
    const onFailure = (error: unknown) => reporter({ ...asked, error })
    const admission = admit({ native, target }, { authorize, timeoutMs, clock, onFailure })
    return view === 'health' ? admission.catch(() => NOBODY) : admission
  }
}

const NOBODY: Admitted = { principal: ANONYMOUS, jobs: null }

interface Failure extends Partial<Pick<Asked, 'job' | 'runId'>>, Pick<RequestFailure, 'count'> {
  readonly route: Pick<Route, 'id'>
  readonly error: unknown
}

/** Reports errors to the host. An error of its listener is dropped: the request is answered all the same. */
function createReporter<R>(scheduler: string, { view, onError }: HttpServiceOptions<R>): (failure: Failure) => void {
  return ({ route, error, job, runId, count }) => {
    const named = { ...(job && { job }), ...(runId && { runId }), ...(count !== undefined && { count }) }
    try {
      onError?.(error, { view, route: route.id, scheduler, ...named })
    } catch {}
  }
}

/**
 * The job in the path, or that of the query where the route answers for that job alone. The status names no job and is
 * asked most, so its parameters are not read.
 */
function jobOf({ path, isOfAskedJob = false }: Route, request: PlainRequest): string | null {
  if (path.includes(':job')) return request.params['job'] ?? null
  return isOfAskedJob ? askedJobIn(request.query) : null
}

/** A query that cannot be read names no job here. Its sender is told after `authorize` has let it in. */
function askedJobIn(query: string): string | null {
  try {
    return parseQuery(query)['job'] ?? null
  } catch {
    return null
  }
}

function runOf({ path }: Route, request: PlainRequest): string | null {
  return path.startsWith('/runs/:id') ? (request.params['id'] ?? null) : null
}

function allowOf(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...methods, 'OPTIONS'].join(', ')
}
