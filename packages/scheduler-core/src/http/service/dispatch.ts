import { systemClock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { toProblem, toSchedulerError } from '../exchange/problem.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { AuthorizationTarget, Principal } from '../guard/access.ts'
import { ANONYMOUS, admit } from '../guard/authorize.ts'
import { refuseCrossSite } from '../guard/cross-site.ts'
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

export interface DispatchOptions<R> extends Pick<RouteContext, 'statusOf' | 'events' | 'openApi'> {
  readonly options: HttpServiceOptions<R>
}

export interface Dispatch<R> {
  /**
   * Handles a request in this order: method, caller, origin, then the route's own handler. Methods that a path does not
   * have, and the question which it has, are answered as unknown paths are. An error on the way becomes a
   * problem; the promise never rejects.
   */
  dispatch(dispatched: Dispatched<R>): Promise<PlainResponse>
  /**
   * Answers a path without a route with this error, and first asks who calls as the status does: without a login a path
   * that is none looks like one that is, whatever the method. Never rejects.
   */
  refuse(native: R, error: SchedulerError): Promise<PlainResponse>
  /** Reports the refused streams and questions that are still being counted. */
  reportRefused(): void
}

export function createDispatch<R>(
  scheduler: Scheduler,
  { options, statusOf, events, openApi }: DispatchOptions<R>,
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
  function tellReader(native: R, answer: PlainResponse): Promise<PlainResponse> {
    return admitted(native, { route: STATUS, job: null }).then(
      () => answer,
      (refused) => toProblem(toSchedulerError(refused)),
    )
  }

  async function dispatch({ routes, request, native }: Dispatched<R>): Promise<PlainResponse> {
    const allow = allowOf(routes)
    if (request.method === 'OPTIONS') return tellReader(native, { status: 204, headers: { allow }, body: null })
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const route = routes.find((candidate) => candidate.method === method)
    if (!route) return tellReader(native, toProblem(new SchedulerError('METHOD_NOT_ALLOWED', { allow })))
    const subject = { job: jobOf(route, request), runId: runOf(route, request) }
    try {
      const principal = await admitted(native, { route, ...subject })
      const logUrlOf = createLogUrls({ hook, onFailure: (error) => reporter({ route, error, ...subject }) })
      const mayControl = async (job: string) => {
        const asked = { route: { ...route, action: 'read-stack', access: 'control' }, job } as const
        return options.authorize !== undefined && (await admitted(native, asked).then(IS_ADMITTED, IS_REFUSED))
      }
      const context = { scheduler, request, principal, clock, statusOf, events, openApi, logUrlOf, mayControl }
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
    refuse: (native, error) => tellReader(native, toProblem(error)),
  }
}

const IS_ADMITTED = () => true
const IS_REFUSED = () => false

interface Asked {
  readonly route: Pick<Route, 'id' | 'action' | 'access'>
  readonly job: string | null
  readonly runId?: string | null
}

function createAdmission<R>(
  options: HttpServiceOptions<R>,
  reporter: (failure: Failure) => void,
): (native: R, asked: Asked) => Promise<Principal> {
  const { view, authorize, authorizeTimeoutMs: timeoutMs = 5_000, clock = systemClock } = options
  if (authorize === undefined) return async () => ANONYMOUS
  return (native, asked) => {
    const { route, job } = asked
    const target: AuthorizationTarget = { view, action: route.action, access: route.access, job }
    const onFailure = (error: unknown) => reporter({ ...asked, error })
    const admission = admit({ native, target }, { authorize, timeoutMs, clock, onFailure })
    return view === 'health' ? admission.catch(() => ANONYMOUS) : admission
  }
}

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

/** The job in the path. The status names no job and is asked most, so its parameters are not read. */
function jobOf({ path }: Route, request: PlainRequest): string | null {
  return path.includes(':job') ? (request.params['job'] ?? null) : null
}

function runOf({ path }: Route, request: PlainRequest): string | null {
  return path.startsWith('/runs/:id') ? (request.params['id'] ?? null) : null
}

function allowOf(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...methods, 'OPTIONS'].join(', ')
}
