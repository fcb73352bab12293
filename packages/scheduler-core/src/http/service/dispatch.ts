import { systemClock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { toProblem, toSchedulerError } from '../exchange/problem.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { AuthorizationTarget, Principal } from '../guard/access.ts'
import { ANONYMOUS, admit } from '../guard/authorize.ts'
import { createCommandLimits } from '../guard/command-limits.ts'
import { refuseCrossSite } from '../guard/cross-site.ts'
import { isReplay } from '../routes/command-answer.ts'
import type { Route, RouteContext } from '../routes/route.ts'
import { createLogUrls } from '../views/log-urls.ts'
import type { HttpServiceOptions } from './options.ts'

/** The routes of one path, and a request for it. */
export interface Dispatched<R> {
  readonly routes: readonly Route[]
  readonly request: PlainRequest
  readonly native: R
}

export interface DispatchOptions<R> extends Pick<RouteContext, 'statusOf' | 'events' | 'openApi'> {
  readonly options: HttpServiceOptions<R>
}

/**
 * Handles a request in this order: method, caller, origin, then the route's own handler. An error on the way becomes a
 * problem; the promise never rejects.
 */
export function createDispatch<R>(
  scheduler: Scheduler,
  { options, statusOf, events, openApi }: DispatchOptions<R>,
): (dispatched: Dispatched<R>) => Promise<PlainResponse> {
  const { clock = systemClock } = options
  const admitted = createAdmission(options)
  const limits = (options.view === 'admin' && options.commandLimits) || createCommandLimits({ clock })
  const allowedOrigins = new Set(options.view === 'admin' ? options.allowedOrigins : [])
  const hook = options.view === 'admin' ? options.runLogUrl : undefined

  return async ({ routes, request, native }) => {
    if (request.method === 'OPTIONS') return { status: 204, headers: { allow: allowOf(routes) }, body: null }
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const route = routes.find((candidate) => candidate.method === method)
    if (!route) return toProblem(new SchedulerError('METHOD_NOT_ALLOWED', { allow: allowOf(routes) }))
    try {
      const principal = await admitted(native, { route, job: jobOf(route, request) })
      const logUrlOf = createLogUrls({ hook, onFailure: (error) => report(options, route, error) })
      const context = { scheduler, request, principal, clock, statusOf, events, openApi, logUrlOf }
      if (route.access === 'read') return await route.handler(context)
      refuseCrossSite(request, allowedOrigins)
      const takeBack = limits.take(principal.name)
      const response = await route.handler(context)
      if (isReplay(response)) takeBack()
      return response
    } catch (thrown) {
      const error = toSchedulerError(thrown)
      if (error.status >= 500) report(options, route, thrown)
      return toProblem(error)
    }
  }
}

function createAdmission<R>(
  options: HttpServiceOptions<R>,
): (native: R, asked: { readonly route: Route; readonly job: string | null }) => Promise<Principal> {
  const { view, authorize, authorizeTimeoutMs: timeoutMs = 5_000, clock = systemClock } = options
  if (authorize === undefined) return async () => ANONYMOUS
  return (native, { route, job }) => {
    const target: AuthorizationTarget = { view, action: route.action, access: route.access, job }
    const onFailure = (error: unknown) => report(options, route, error)
    const admission = admit({ native, target }, { authorize, timeoutMs, clock, onFailure })
    return view === 'health' ? admission.catch(() => ANONYMOUS) : admission
  }
}

/** Reports an error to the host. An error of its listener is dropped: the request is answered all the same. */
function report<R>({ view, onError }: HttpServiceOptions<R>, { id }: Route, error: unknown): void {
  try {
    onError?.(error, { view, route: id })
  } catch {}
}

/** The job in the path. The status names no job and is asked most, so its parameters are not read. */
function jobOf({ path }: Route, request: PlainRequest): string | null {
  return path.includes(':job') ? (request.params['job'] ?? null) : null
}

function allowOf(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...methods, 'OPTIONS'].join(', ')
}
