import type { Scheduler } from '@pm/scheduler-core'
import { type Authorize, createFetchHandler, type FetchHandler } from '@pm/scheduler-core/http'
import { createDashboardHandler } from '@pm/scheduler-dashboard'

import { BASIC_CHALLENGE, createAccess } from './access.ts'

/** What answers a path and everything below it. */
export interface Mount {
  readonly path: string
  answer(request: Request): Promise<Response>
}

/** The routes and the pages of a scheduler, for whoever has the token. */
export function schedulerMounts(scheduler: Scheduler, token: string): readonly Mount[] {
  const access = createAccess(token)
  const authorize: Authorize<Request> = ({ headers }) => access(headers.get('authorization'))
  const askForLogin =
    (pages: FetchHandler): Mount['answer'] =>
    async (request) =>
      access(request.headers.get('authorization')).allow
        ? pages(request)
        : new Response(null, { status: 401, headers: { 'WWW-Authenticate': BASIC_CHALLENGE } })

  const admin = '/api/v1/admin/scheduler'
  const marketData = '/api/v1/market-data/scheduler'
  return [
    {
      path: admin,
      answer: createFetchHandler(scheduler, { view: 'admin', basePath: admin, authorize, control: true }),
    },
    {
      path: marketData,
      answer: createFetchHandler(scheduler, { view: 'market-data', basePath: marketData, authorize }),
    },
    { path: '/health', answer: createFetchHandler(scheduler, { view: 'health' }) },
    {
      path: '/admin',
      answer: askForLogin(createDashboardHandler(scheduler, { authorize, control: true, mountPath: '/admin' })),
    },
  ]
}
