import type { HttpService } from '@pm/scheduler-core/http'
import { type NextFunction, type Request, type Response, Router } from 'express'

import { sendResponse } from './send-response.ts'
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
  for (const path of service.paths) {
    router.all(path, (req, res, next) => {
      service
        .answer({ path, request: toPlainRequest(req), native: req })
        .then((response) => sendResponse(res, response))
        .catch(next)
    })
  }
  if (!fallthrough) router.use((_req, res) => sendResponse(res, service.refuseUnknown()))
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof URIError) sendResponse(res, service.refuseMalformed())
    else next(error)
  })
  return Object.assign(router, { closeStreams: service.closeStreams })
}
