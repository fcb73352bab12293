import type { HttpService, PlainResponse } from '@pm/scheduler-core/http'
import { type NextFunction, type Request, type Response, Router } from 'express'

import { sendStream } from './send-stream.ts'
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
        .then((response) => send(res, response))
        .catch(next)
    })
  }
  if (!fallthrough) router.use((_req, res) => send(res, service.refuseUnknown()))
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof URIError) send(res, service.refuseMalformed())
    else next(error)
  })
  return Object.assign(router, { closeStreams: service.closeStreams })
}

/** Writes the response without Express's `send`, since its bytes, length and ETag exist already. */
function send(res: Response, { status, headers, body, stream }: PlainResponse): void {
  if (res.headersSent) {
    stream?.closed()
    return
  }
  // Closes the connection instead of reading the rest of a body that was too large.
  if (status === 413) res.shouldKeepAlive = false
  res.statusCode = status
  for (const name in headers) res.setHeader(name, headers[name] ?? '')
  if (stream) sendStream(res, stream)
  else if (body === null) res.end()
  else res.end(body)
}
