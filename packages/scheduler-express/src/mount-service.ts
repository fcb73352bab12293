import type { HttpService, PlainResponse } from '@pm/scheduler-core/http'
import { type NextFunction, type Request, type Response, Router } from 'express'

import { sendStream } from './send-stream.ts'
import { toPlainRequest } from './to-plain-request.ts'

export interface MountOptions {
  /** Hands unknown paths on to the host's next handler instead of answering them. */
  readonly fallthrough: boolean
}

/** A Router of ours. */
export interface SchedulerRouter extends Router {
  /** Ends every event stream, and refuses new ones: call it before a server is closed that outlives its scheduler. */
  closeStreams(): void
}

/** The routes of a service as a Router: one native route for each path, so that instrumentation sees its pattern. */
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

/** Past Express's own `send`: the bytes, their length and their tag are made already. */
function send(res: Response, { status, headers, body, stream }: PlainResponse): void {
  if (res.headersSent) {
    stream?.closed()
    return
  }
  // The rest of a body that was too large is not waited for.
  if (status === 413) res.shouldKeepAlive = false
  res.statusCode = status
  for (const name in headers) res.setHeader(name, headers[name] ?? '')
  if (stream) sendStream(res, stream)
  else if (body === null) res.end()
  else res.end(body)
}
