import type { HttpSite } from '@pm/scheduler-core/http'
import { type Request, Router } from 'express'

import type { SchedulerRouter } from './mount-service.ts'
import { sendAnswer } from './send-response.ts'
import { toPlainRequest } from './to-plain-request.ts'

/**
 * Mounts a site, such as the pages of `createDashboard`, on a Router: `app.use('/admin', schedulerDashboard(site))`. It
 * answers every path below.
 */
export function schedulerDashboard(site: HttpSite<Request>): SchedulerRouter {
  const router = Router({ caseSensitive: true })
  router.use((req, res, next) => {
    const call = { path: pathBelow(req), mount: req.baseUrl, request: toPlainRequest(req), native: req }
    sendAnswer(site.answer(call), { res, next })
  })
  return Object.assign(router, { closeStreams: () => site.closeStreams() })
}

/** Express has `/` both for the mount itself and for the mount with a slash. Relative addresses differ between them. */
function pathBelow({ url, originalUrl, baseUrl }: Request): string {
  const path = withoutQuery(url)
  return path === '/' && baseUrl !== '' && !withoutQuery(originalUrl).endsWith('/') ? '' : path
}

function withoutQuery(url: string): string {
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}
