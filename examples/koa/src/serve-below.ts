import { once } from 'node:events'

import { type FetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import type { Context, Middleware } from 'koa'

/** Serves a fetch handler at a path and below it: `app.use(serveBelow(path, handler))`. Other paths go on to the next middleware. */
export function serveBelow(path: string, handler: FetchHandler): Middleware {
  const listener = toNodeListener(handler)
  return async (context, next) => {
    if (context.path !== path && !context.path.startsWith(`${path}/`)) return next()
    keepBody(context)
    context.respond = false
    const closed = once(context.res, 'close')
    listener(context.req, context.res)
    // Until it is answered, so that middleware before this one, such as a log, sees the status.
    await closed
  }
}

/** Where a body parser has run before, it has the body: the handler looks for it on the request of Node. */
function keepBody({ req, request }: Context): void {
  if ('body' in request) Object.assign(req, { body: request.body })
}
