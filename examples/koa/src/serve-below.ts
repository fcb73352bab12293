import { once } from 'node:events'

import { type FetchHandler, toNodeListener } from '@pm/scheduler-core/http'
import type { Context, Middleware } from 'koa'

/** Serves a fetch handler at a path and below it: `app.use(serveBelow(path, handler))`. Other paths go on to what comes next. */
export function serveBelow(path: string, handler: FetchHandler): Middleware {
  const listener = toNodeListener(handler)
  return async (context, next) => {
    if (context.path !== path && !context.path.startsWith(`${path}/`)) return next()
    keepBody(context)
    context.respond = false
    // Whoever has gone already closes nothing any more.
    const closed = context.res.closed ? undefined : once(context.res, 'close')
    listener(context.req, context.res)
    // Middleware before this one, such as a log, goes on when the answer is sent.
    await closed
  }
}

/** A body parser that has run before keeps the body on the request of Koa. The listener looks for it on Node's. */
function keepBody({ req, request }: Context): void {
  if ('body' in request) Object.assign(req, { body: request.body })
}
