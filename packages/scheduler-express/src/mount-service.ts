import type { HttpService } from '@pm/scheduler-core/http'
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'

import { sendAnswer } from './send-response.ts'
import { toPlainRequest } from './to-plain-request.ts'

export interface MountOptions {
  /** Whether unknown paths go on to the host's next handler instead of being answered 404. */
  readonly fallthrough: boolean
}

/** An Express Router with the routes of one service. */
export interface SchedulerRouter extends Router {
  /** Ends every event stream and refuses new ones. Call it before you close a server whose scheduler goes on. */
  closeStreams(): void
}

/**
 * Mounts the routes of a service on a Router: one Express route per path, so that instrumentation sees the path
 * pattern.
 */
export function mountService(service: HttpService<Request>, { fallthrough }: MountOptions): SchedulerRouter {
  const router = Router({ caseSensitive: true })
  const answer = (path: string): RequestHandler => {
    return (req, res, next) => sendAnswer(service.answer({ path, ...callOf(req) }), { res, next })
  }
  for (const path of service.paths) router.all(path, answer(path))
  for (const [name, path] of service.namesBelowPrefix) {
    const answerBelow = answer(path)
    router.all(name, (req, res, next) => (req.baseUrl === '' ? next() : answerBelow(req, res, next)))
  }
  if (!fallthrough) router.use((req, res, next) => sendAnswer(service.refuseUnknown(callOf(req)), { res, next }))
  router.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (error instanceof URIError) sendAnswer(service.refuseMalformed(callOf(req)), { res, next })
    else next(error)
  })
  return Object.assign(router, { closeStreams: service.closeStreams })
}

function callOf(req: Request) {
  return { request: toPlainRequest(req), native: req }
}
