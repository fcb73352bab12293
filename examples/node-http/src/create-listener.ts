import type { RequestListener } from 'node:http'

import type { Scheduler } from '@pm/scheduler-core'
import { type Authorize, createFetchHandler, type FetchHandler, toNodeListener } from '@pm/scheduler-core/http'

/** The three views of a scheduler for `createServer`, whose admin has the token. */
export function createListener(scheduler: Scheduler, token: string): RequestListener {
  const authorize: Authorize<Request> = ({ headers }) =>
    headers.get('authorization') === `Bearer ${token}`
      ? { allow: true, principal: { name: 'ada' } }
      : { allow: false, reason: 'unauthenticated' }

  const mounts: Readonly<Record<string, FetchHandler>> = {
    '/api/v1/admin/scheduler': createFetchHandler(scheduler, {
      view: 'admin',
      basePath: '/api/v1/admin/scheduler',
      authorize,
      control: true,
    }),
    '/api/v1/market-data/scheduler': createFetchHandler(scheduler, {
      view: 'market-data',
      basePath: '/api/v1/market-data/scheduler',
      authorize,
    }),
    '': createFetchHandler(scheduler, { view: 'health' }),
  }

  return toNodeListener(async (request) => {
    const { pathname } = new URL(request.url)
    const mount = Object.keys(mounts).find((path) => pathname.startsWith(`${path}/`))
    return (await mounts[mount ?? '']?.(request)) ?? new Response(null, { status: 404 })
  })
}
